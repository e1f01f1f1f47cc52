import type { Browser } from "playwright-core";
import { firstLine } from "../http/error-text.ts";
import { type Finding, findingOfSimulator } from "./findings.ts";
import { outcomeOf, type ScenarioRun } from "./report.ts";
import type { AppTraits, Scenario } from "./scenario.ts";
import { openScenarioContext, type RunnerOptions, type ScenarioContext, ScenarioStopped } from "./scenario-context.ts";

/** The check reports the same faults with its own rules, `not-ready` and `page-moved`. */
const rulesOfReadiness = ["no-answer", "not-initialized", "page-moved"];

export async function runScenario(
  browser: Browser,
  scenario: Scenario,
  options: RunnerOptions,
  app: AppTraits,
): Promise<ScenarioRun> {
  const { name, expectation } = scenario;
  const started = performance.now();
  const context = await openScenarioContext(browser, options);
  const { reason, simulatorFindings } = await runIn(context, scenario, app);
  const { evidence, ignoredRules } = context;
  await context.close().catch(() => {}); // The browser may already be closed.
  const counted = simulatorFindings.filter(({ rule }) => !isIgnored(rule, scenario, ignoredRules));
  const findings = withoutRepeats([...context.findings, ...counted]).map((finding) =>
    scenario.isInvented ? asWarning(finding) : finding,
  );
  return {
    name,
    expectation,
    result: outcomeOf(findings, reason),
    ...(reason !== undefined && { reason }),
    findings,
    milliseconds: Math.round(performance.now() - started),
    evidence,
  };
}

async function runIn(context: ScenarioContext, scenario: Scenario, app: AppTraits) {
  let reason: string | undefined;
  let simulatorFindings: Finding[] = [];
  async function runSteps(): Promise<void> {
    if (scenario.setsClock) await context.installClock();
    await context.load(scenario.parameters);
    reason = await scenario.run(context, app);
    simulatorFindings = (await context.end()).map(findingOfSimulator);
  }
  try {
    await Promise.race([runSteps(), context.stopped]);
  } catch (error) {
    if (!(error instanceof ScenarioStopped)) context.report("scenario-aborted", firstLine(error));
    simulatorFindings = (await context.salvage()).map(findingOfSimulator);
  }
  return { reason, simulatorFindings };
}

function isIgnored(rule: string, { ignoresRules = [] }: Scenario, others: readonly string[]): boolean {
  return ignoresRules === "all" || [...ignoresRules, ...others, ...rulesOfReadiness].includes(rule);
}

function asWarning(finding: Finding): Finding {
  const isOfCheck = finding.rule === "scenario-aborted";
  return isOfCheck ? finding : { ...finding, severity: "warning" };
}

function withoutRepeats(findings: readonly Finding[]): Finding[] {
  return findings.filter(
    ({ rule, message }, index) =>
      index === findings.findIndex((other) => other.rule === rule && other.message === message),
  );
}

export function notTried({ name, expectation }: Scenario, reason: string): ScenarioRun {
  return { name, expectation, result: "not tried", reason, findings: [], milliseconds: 0 };
}

import { errorText, firstLine } from "../http/error-text.ts";
import type { Browsers } from "./browser/browsers.ts";
import { TimeLimitError, withTimeLimit } from "./browser/time-limit.ts";
import { openScenarioContext } from "./context/open-scenario-context.ts";
import type { RunnerOptions } from "./context/runner-options.ts";
import type { ScenarioContext } from "./context/scenario-context.ts";
import { ScenarioStopped, SimulatorBlocked } from "./context/scenario-errors.ts";
import { type Finding, finding, findingOfSimulator } from "./report/findings.ts";
import { outcomeOf, type ScenarioRun } from "./report/report.ts";
import type { AppTraits, Scenario } from "./scenarios/scenario.ts";

/** The simulator's rules for faults that the check itself reports, as `not-ready` or `page-moved`. */
const rulesOfReadiness = ["no-answer", "not-initialized", "page-moved"];
/** Generous, because the machine may be busy. */
const openTimeoutMs = 30_000;

export type Outcome = {
  run: ScenarioRun;
  /** The browser closed during the scenario or did not respond, possibly because of another scenario. */
  isBrowserLost?: boolean;
  /** The scenario must run again in an isolated browser. */
  isBlocked?: boolean;
};

/** @param limitMs the time after which the check interrupts the scenario */
export async function runScenario(
  browsers: Browsers,
  scenario: Scenario,
  options: RunnerOptions,
  app: AppTraits,
  limitMs: number,
): Promise<Outcome> {
  const started = performance.now();
  const browser = await browsers.get();
  const opening = withTimeLimit(openTimeoutMs, openScenarioContext(browser, options));
  const context = await opening.catch((error: unknown) => {
    void browsers.abandon(browser);
    return errorText(error);
  });
  if (typeof context === "string") return { run: lostRun(scenario, context), isBrowserLost: true };
  const { reason, simulatorFindings, isBlocked } = await runIn(context, scenario, app, limitMs);
  const isBrowserLost = !browser.isConnected();
  if (isBrowserLost) context.report("scenario-aborted", "the browser closed unexpectedly", context.activity);
  const { evidence, ignoredRules, findings: own } = context;
  await context.close();
  const counted = simulatorFindings.filter(({ rule }) => !isIgnored(rule, scenario, ignoredRules));
  const all = withoutRepeats([...own, ...counted]);
  const findings = scenario.isInvented ? all.map(asWarning) : all;
  return {
    run: { ...runOf(scenario, findings, reason, performance.now() - started), evidence },
    isBrowserLost,
    isBlocked,
  };
}

async function runIn(context: ScenarioContext, scenario: Scenario, app: AppTraits, limitMs: number) {
  let reason: string | undefined;
  let simulatorFindings: Finding[] = [];
  let isBlocked = false;
  async function runSteps(): Promise<void> {
    if (scenario.setsClock) await context.installClock();
    await context.load(scenario.parameters);
    reason = await scenario.run(context, app);
    simulatorFindings = (await context.end()).map(findingOfSimulator);
  }
  try {
    await Promise.race([withTimeLimit(limitMs, runSteps()), context.stopped]);
  } catch (error) {
    isBlocked = error instanceof SimulatorBlocked;
    if (isBlocked) return { reason, simulatorFindings, isBlocked };
    if (error instanceof TimeLimitError) {
      const seconds = Math.round(limitMs / 1000);
      context.report("scenario-aborted", `the scenario was interrupted after ${seconds} s`, context.activity);
    } else if (!(error instanceof ScenarioStopped)) context.report("scenario-aborted", firstLine(error));
    simulatorFindings = (await context.salvage()).map(findingOfSimulator);
  }
  return { reason, simulatorFindings, isBlocked };
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

function runOf({ name, expectation }: Scenario, findings: Finding[], reason: string | undefined, milliseconds: number) {
  const run: ScenarioRun = {
    name,
    expectation,
    result: outcomeOf(findings, reason),
    ...(reason !== undefined && { reason }),
    findings,
    milliseconds: Math.round(milliseconds),
  };
  return run;
}

function lostRun(scenario: Scenario, problem: string): ScenarioRun {
  return runOf(scenario, [finding("scenario-aborted", `the browser did not respond: ${problem}`)], undefined, 0);
}

export function notTried({ name, expectation }: Pick<Scenario, "name" | "expectation">, reason: string): ScenarioRun {
  return { name, expectation, result: "not tried", reason, findings: [], milliseconds: 0 };
}

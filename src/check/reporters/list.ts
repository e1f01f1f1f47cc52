import { printable } from "../../node/printable.ts";
import { byRule, joined, messageOf, type RuleGroup } from "../report/distinct-findings.ts";
import type { Report, ScenarioResult } from "../report/report.ts";

export type ReportForReaders = {
  report: Report;
  /** Turns a finding's reference into a path or URL that the reader can open. */
  referenceOf(finding: { reference: string }): string;
};

const maxMessagesPerRule = 20;

export function listOf({ report, referenceOf }: ReportForReaders): string {
  const { app, sdk, scenarios, findings } = report;
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const rows = scenarios.map((scenario) => {
    return printable(`${scenario.name.padEnd(width)}  ${scenario.result.padEnd(9)}  ${rulesOf(scenario)}`).trimEnd();
  });
  const groups = byRule(findings).map((group) => ["", ...linesOf(group, referenceOf)].join("\n"));
  const reasons = reasonsOf(scenarios).map(({ reason, names }) => {
    return `\n${printable(`not tried: ${reason}`)}\n  ${printable(names.join("; "))}`;
  });
  const header = printable(`Check of ${app}${sdk ? `, SDK ${sdk}` : ""}`);
  return [
    header,
    "",
    ...rows,
    ...groups,
    ...reasons,
    "",
    `Result: ${verdictOf(report)}. ${summaryOf(report)}`,
    "",
  ].join("\n");
}

export function rulesOf({ findings }: ScenarioResult): string {
  return [...new Set(findings.map(({ rule }) => rule))].join(", ");
}

/** Returns each reason why scenarios were not tried, with the names of those scenarios. */
export function reasonsOf(scenarios: readonly ScenarioResult[]): { reason: string; names: string[] }[] {
  const names = new Map<string, string[]>();
  for (const { name, result, reason } of scenarios) {
    if (result === "not tried" && reason) names.set(reason, [...(names.get(reason) ?? []), name]);
  }
  return [...names].map(([reason, names]) => ({ reason, names }));
}

function verdictOf({ result, errors }: Report): string {
  return result === "failed" && errors === 0 ? "failed, because --strict treats warnings as failures" : result;
}

export function summaryOf({ scenarios, errors, warnings, milliseconds }: Report): string {
  const counts = new Map<string, number>();
  for (const { result } of scenarios) counts.set(result, (counts.get(result) ?? 0) + 1);
  const outcomes = ["passed", "warned", "failed", "not tried"].flatMap((result) => {
    const count = counts.get(result);
    return count ? `${count} ${result}` : [];
  });
  return `${outcomes.join(", ")}; errors: ${errors}, warnings: ${warnings}; ${(milliseconds / 1000).toFixed(1)} s`;
}

function linesOf({ first, findings }: RuleGroup, referenceOf: ReportForReaders["referenceOf"]): string[] {
  const hidden = findings.length - maxMessagesPerRule;
  const lines = [
    `${first.severity} ${first.rule}: ${first.title}`,
    ...findings
      .slice(0, maxMessagesPerRule)
      .flatMap((finding) => [
        `  - ${messageOf(finding)}`,
        ...(finding.activities.length > 1 ? [`    when: ${joined(finding.activities)}`] : []),
        `    seen in: ${joined(finding.scenarios)}`,
      ]),
    ...(hidden > 0 ? [`  - and ${hidden} more; the json reporter lists them all`] : []),
    `  How to fix it: ${first.remedy}`,
    `  Read more: ${referenceOf(first)}`,
  ];
  return lines.map((line) => printable(line));
}

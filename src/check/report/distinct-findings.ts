// Merges the findings of all scenarios, so that reports show each fault once.
import { withoutValues } from "../../simulator/rules/same-fault.ts";
import type { Finding } from "./findings.ts";
import type { DistinctFinding } from "./report.ts";

/** Errors come first. Apart from that, the findings keep the order of the scenarios. */
export function distinctFindings(
  scenarios: readonly { name: string; findings: readonly Finding[] }[],
): DistinctFinding[] {
  const byKey = new Map<string, DistinctFinding>();
  for (const { name, findings } of scenarios) {
    for (const { about: _, activity, ...finding } of findings) {
      const message = activity ? finding.message.slice(`${activity}: `.length) : finding.message;
      const key = `${finding.severity} ${finding.rule} ${finding.field ?? withoutValues(message)} ${finding.remedy}`;
      const known = byKey.get(key) ?? { ...finding, message, activities: [], scenarios: [] };
      byKey.set(key, known);
      if (!known.scenarios.includes(name)) known.scenarios.push(name);
      if (activity && !known.activities.includes(activity)) known.activities.push(activity);
    }
  }
  const rank = ({ severity }: DistinctFinding) => (severity === "error" ? 0 : 1);
  return [...byKey.values()].toSorted((a, b) => rank(a) - rank(b));
}

/** Returns the message, preceded by the activity if there is only one. */
export function messageOf({ message, activities }: DistinctFinding): string {
  return activities.length === 1 ? `${activities[0]}: ${message}` : message;
}

export type RuleGroup = { first: DistinctFinding; findings: DistinctFinding[] };

/** Groups the findings by severity, rule and remedy, because one rule can have several remedies. */
export function byRule(findings: readonly DistinctFinding[]): RuleGroup[] {
  const groups = new Map<string, RuleGroup>();
  for (const finding of findings) {
    const key = `${finding.severity} ${finding.rule} ${finding.remedy}`;
    const group = groups.get(key) ?? { first: finding, findings: [] };
    group.findings.push(finding);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** Joins names, for example to "a; b; and 3 more". Uses semicolons, because scenario names can contain commas. */
export function joined(names: readonly string[], max = 5): string {
  const hidden = names.length - max;
  return hidden > 1 ? `${names.slice(0, max).join("; ")}; and ${hidden} more` : names.join("; ");
}

import { findingOf, type Finding as SimulatorFinding } from "../simulator/rules/finding.ts";
import type { RuleId } from "../simulator/rules/index.ts";

export type { RuleId };

/**
 * A problem in the app. `about` is the message's index in the HTML report; the JSON report omits it.
 * @example
 * for (const { severity, rule, message, remedy } of report.scenarios.flatMap(({ findings }) => findings)) {
 *   console.log(`${severity} ${rule}: ${message}. ${remedy}`);
 * }
 */
export type Finding = Omit<SimulatorFinding, "at">;

/** What a finding says instead of its rule. */
export type Override = Partial<Pick<Finding, "severity" | "source" | "remedy">>;

export function finding(rule: RuleId, message: string, override: Override = {}): Finding {
  const { about: _, ...rest } = findingOf(rule, { message, ...override });
  return rest;
}

export function findingOfSimulator({ at: _, ...finding }: SimulatorFinding): Finding {
  return finding;
}

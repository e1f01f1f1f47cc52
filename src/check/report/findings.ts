import { findingOf, type Finding as SimulatorFinding } from "../../simulator/rules/finding.ts";
import type { RuleId } from "../../simulator/rules/index.ts";

export type { RuleId };

/**
 * A problem in the app. `about` is the index of the message that the finding is about, among the scenario's messages. The HTML
 * report shows the finding at that message; the JSON report omits `about`.
 * @example
 * for (const { name, findings } of report.scenarios) {
 *   for (const { severity, rule, message } of findings) console.log(`${name}: ${severity} ${rule}: ${message}`);
 * }
 */
export type Finding = Omit<SimulatorFinding, "at"> & {
  /** What HubSpot or the user did when the problem occurred, for example "on DIAL_NUMBER". The message begins with this text. */
  activity?: string;
};

/** Fields of a finding that replace the rule's values. */
export type Override = Partial<Pick<Finding, "severity" | "source" | "remedy">>;

export function finding(rule: RuleId, message: string, activity?: string, override: Override = {}): Finding {
  const whole = activity ? `${activity}: ${message}` : message;
  const { about: _, ...rest } = findingOf(rule, { message: whole, ...override });
  return { ...rest, ...(activity && { activity }) };
}

export function findingOfSimulator({ at: _, ...finding }: SimulatorFinding): Finding {
  return finding;
}

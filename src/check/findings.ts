import { findingOf, type Finding as SimulatorFinding } from "../simulator/rules/finding.ts";
import type { RuleId } from "../simulator/rules/index.ts";

export type { RuleId };

/**
 * A problem in the app. `about` is the message's index in the HTML report; the JSON report omits it.
 * @example
 * for (const { name, findings } of report.scenarios) {
 *   for (const { severity, rule, message } of findings) console.log(`${name}: ${severity} ${rule}: ${message}`);
 * }
 */
export type Finding = Omit<SimulatorFinding, "at"> & {
  /** What HubSpot or the user did when the problem occurred, for example "on DIAL_NUMBER". The message starts with it. */
  activity?: string;
};

export function finding(rule: RuleId, message: string, activity?: string): Finding {
  const { about: _, ...rest } = findingOf(rule, { message: activity ? `${activity}: ${message}` : message });
  return { ...rest, ...(activity && { activity }) };
}

export function findingOfSimulator({ at: _, ...finding }: SimulatorFinding): Finding {
  return finding;
}

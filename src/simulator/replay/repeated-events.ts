// Recognizes a log from a session in which HubSpot sent every event twice, and findings that can be the consequence.
import type { NewFinding } from "../rules/finding.ts";
import type { RuleId } from "../rules/index.ts";
import type { Line } from "./replay.ts";

/** READY does not count, because the simulator never logs it twice for one SYNC_ACK. */
const isEvent = ({ from, type }: Line) => from === "hubspot" && type !== "READY";

/** Whether the second line repeats the event on the first line. */
const isRepeated = (first: Line | undefined, second: Line | undefined): boolean =>
  first !== undefined &&
  second !== undefined &&
  isEvent(first) &&
  isEvent(second) &&
  first.type === second.type &&
  JSON.stringify(first.data) === JSON.stringify(second.data);

export function hasEveryEventTwice(lines: readonly Line[]): boolean {
  const count = lines.filter(isEvent).length;
  return count > 0 && withoutRepeatedEvents(lines).filter(isEvent).length * 2 === count;
}

/** An app that handles one event twice can break these rules. */
const brokenByRepeatedEvents: readonly RuleId[] = [
  "two-sdks",
  "duplicate-engagement",
  "never-ended",
  "ghost-call",
  "out-of-order",
];

/** Adds the setting to a finding that can be the consequence of an event that HubSpot sent twice. */
export function withRepeatedEvents(finding: NewFinding): NewFinding {
  if (!brokenByRepeatedEvents.includes(finding.rule)) return finding;
  const cause = "the simulator sends every event twice (Session tab), so the app may have handled one event twice";
  return { ...finding, message: `${finding.message}; ${cause}` };
}

export function withoutRepeatedEvents(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line) kept.push(line);
    if (isRepeated(line, lines[index + 1])) index += 1;
  }
  return kept;
}

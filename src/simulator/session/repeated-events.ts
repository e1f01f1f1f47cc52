// Recognizes a log from a session in which HubSpot sent every event twice.
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

export function withoutRepeatedEvents(lines: readonly Line[]): Line[] {
  const kept: Line[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index];
    if (line) kept.push(line);
    if (isRepeated(line, lines[index + 1])) index += 1;
  }
  return kept;
}

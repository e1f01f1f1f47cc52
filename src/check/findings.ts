// The findings of a check: those of the simulator, and those that only the check can make. Both come from one table.
import { findingOf, type Finding as SimulatorFinding } from "../simulator/rules/finding.ts";
import type { RuleId } from "../simulator/rules/index.ts";

export type { RuleId };

/** A finding as the report has it. `about` is the index of a message, for the HTML page. */
export type Finding = Omit<SimulatorFinding, "at">;

export function finding(rule: RuleId, message: string): Finding {
  const { about: _, ...found } = findingOf(rule, { message });
  return found;
}

export function findingOfSimulator({ at: _, ...finding }: SimulatorFinding): Finding {
  return finding;
}

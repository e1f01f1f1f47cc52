// Several rules can check the same value: its type, its unit, or whether it is the right id. One mistake must cause only one
// finding.
import { type RuleId, ruleOf } from "./index.ts";
import type { Fault } from "./rule.ts";

export type FaultOfRule = Fault & { rule: RuleId };

/**
 * Of the faults about the same field of one message, keeps the most severe and, of several equally severe faults, the first.
 * Keeps all faults without a field.
 */
export function onePerField(faults: readonly FaultOfRule[]): FaultOfRule[] {
  const kept = new Map<string, FaultOfRule>();
  for (const fault of faults) {
    const { field } = fault;
    if (field === undefined) continue;
    const before = kept.get(field);
    if (!before || (isError(fault) && !isError(before))) kept.set(field, fault);
  }
  return faults.filter((fault) => fault.field === undefined || kept.get(fault.field) === fault);
}

const isError = ({ rule, severity = ruleOf(rule).severity }: FaultOfRule) => severity === "error";

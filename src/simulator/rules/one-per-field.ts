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
  return faults.filter((fault) => {
    const ofField = faults.filter(({ field }) => field !== undefined && field === fault.field);
    return fault.field === undefined || fault === (ofField.find(isError) ?? ofField[0]);
  });
}

const isError = ({ rule, severity = ruleOf(rule).severity }: FaultOfRule) => severity === "error";

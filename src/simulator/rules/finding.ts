// A finding reports one violation of a rule.
import type { Message } from "../calls/message.ts";
import { type RuleId, ruleOf } from "./index.ts";
import type { Fault, Severity } from "./rule.ts";

/** The file that explains every rule. Its path is the same in the repository and in the package. */
const reference = "src/simulator/rules/README.md";

/** `at` is a Unix time in milliseconds. */
export type Finding = {
  rule: RuleId;
  severity: Severity;
  title: string;
  /** What happened. */
  message: string;
  source: string;
  remedy: string;
  /** The path and anchor of the rule's explanation. */
  reference: string;
  at: number;
  /** The SDK method and the field that the finding is about, for example `callCompleted.hideWidget`. */
  field?: string;
  /** The index of the message that the finding is about. */
  about?: number;
};
/** Before a finding is logged, it contains the message itself instead of the message's index. */
export type NewFinding = Omit<Finding, "at" | "about"> & { about?: Message };

export function findingOf(id: RuleId, fault: Omit<Fault, "once">): NewFinding {
  const { title, severity, source, remedy } = ruleOf(id);
  const { message, field, about } = fault;
  return {
    rule: id,
    severity: fault.severity ?? severity,
    title,
    message,
    source: fault.source ?? source,
    remedy: fault.remedy ?? remedy,
    reference: `${reference}#${id}`,
    ...(field !== undefined && { field }),
    ...(about && { about }),
  };
}

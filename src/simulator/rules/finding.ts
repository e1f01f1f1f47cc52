// A finding: a rule that the app broke, and what a report says about it.
import type { Message } from "../calls/message.ts";
import { type RuleId, ruleOf } from "./index.ts";
import type { Fault, Severity } from "./rule.ts";

/** The explanation of every rule, in the repository and in the package. */
const reference = "src/simulator/rules/README.md";

/** `at` is in milliseconds since 1970. */
export type Finding = {
  rule: RuleId;
  severity: Severity;
  /** The title of the rule. */
  title: string;
  /** What this app did. */
  message: string;
  source: string;
  remedy: string;
  /** Path and anchor of the explanation of the rule. */
  reference: string;
  at: number;
  /** Index of the message that broke the rule. */
  about?: number;
};
/** A finding before it is logged: it holds the message itself instead of its index. */
export type NewFinding = Omit<Finding, "at" | "about"> & { about?: Message };

export function findingOf(id: RuleId, fault: Omit<Fault, "once">): NewFinding {
  const { title, severity, source, remedy } = ruleOf(id);
  const { message, about } = fault;
  return {
    rule: id,
    severity: fault.severity ?? severity,
    title,
    message,
    source: fault.source ?? source,
    remedy,
    reference: `${reference}#${id}`,
    ...(about && { about }),
  };
}

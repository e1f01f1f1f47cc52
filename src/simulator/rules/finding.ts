// A finding: a rule that the app broke, with everything that a report says about it.
import type { Message } from "../calls/message.ts";
import { type RuleId, ruleOf } from "./index.ts";
import type { Fault, Severity } from "./rule.ts";

/** Where every rule is explained: in the repository, and in the package. */
const reference = "src/simulator/rules/README.md";

/** `at` is in milliseconds since 1970. */
export type Finding = {
  rule: RuleId;
  severity: Severity;
  /** What the rule is about, in a few words. */
  title: string;
  /** What this app did. */
  message: string;
  /** Where the rule comes from. */
  source: string;
  /** What to do. */
  remedy: string;
  /** Where to read more. */
  reference: string;
  at: number;
  /** The index of the message that the finding is about. */
  about?: number;
};
/** A finding at the moment when it is made, with the message itself. */
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

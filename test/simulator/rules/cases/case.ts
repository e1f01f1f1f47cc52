// A case: an app's steps, and all expected findings.
import type { RuleId } from "../../../../src/simulator/rules/index.ts";
import type { Steps } from "../../../support/rule-steps.ts";

export type Case = {
  app: string;
  steps: Steps;
  /** The messages of the rule's findings. A different severity than the rule's is a prefix. */
  finds: readonly string[];
  /** Findings of other rules, with the rule as a prefix. */
  also?: readonly string[];
};
export type Cases = { readonly [Id in RuleId]?: readonly Case[] };

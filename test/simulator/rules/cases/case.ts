// A case: the steps of an app, and all findings.
import type { RuleId } from "../../../../src/simulator/rules/index.ts";
import type { Steps } from "../../../support/rule-steps.ts";

export type Case = {
  app: string;
  steps: Steps;
  /** Messages of the rule's findings. The severity is a prefix if it differs from the rule. */
  finds: readonly string[];
  /** Findings of other rules, each with its rule. */
  also?: readonly string[];
};
/** The cases of a group, by rule. */
export type Cases = { readonly [Id in RuleId]?: readonly Case[] };

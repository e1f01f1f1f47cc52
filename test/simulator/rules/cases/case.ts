// A case: what an app does, and every finding that comes of it.
import type { RuleId } from "../../../../src/simulator/rules/index.ts";
import type { Steps } from "../../../support/rule-steps.ts";

export type Case = {
  app: string;
  steps: Steps;
  /** Messages of the rule's findings. A warning or an error that the rule does not have by itself is written before it. */
  finds: readonly string[];
  /** Findings of other rules, each with its rule. */
  also?: readonly string[];
};
/** The cases of a group, by the rule that they are about. */
export type Cases = { readonly [Id in RuleId]?: readonly Case[] };

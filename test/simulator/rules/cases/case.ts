// A case: an app's steps, and all the findings that they cause.
import type { RuleId } from "../../../../src/simulator/rules/index.ts";
import type { Steps } from "../../../support/rule-steps.ts";

export type Case = {
  app: string;
  steps: Steps;
  /** The messages of the rule's findings, prefixed with the severity if it differs from the rule's. */
  finds: readonly string[];
  /** The findings of other rules, each prefixed with the id of its rule. */
  also?: readonly string[];
};
export type Cases = { readonly [Id in RuleId]?: readonly Case[] };

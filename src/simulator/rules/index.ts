// All rules. If one message breaks several rules, the findings are in this order, and one field gets only one finding.
import * as callOrder from "./call-order.ts";
import * as callee from "./callee.ts";
import * as check from "./check.ts";
import * as checkLimits from "./check-limits.ts";
import * as engagements from "./engagements.ts";
import * as frame from "./frame.ts";
import * as payload from "./payload.ts";
import type { Rule } from "./rule.ts";
import * as session from "./session.ts";

const table = [
  session.noAnswer,
  session.notInitialized,
  session.notReady,
  session.twoSdks,
  session.oldSdk,
  session.unhandledEvent,
  frame.remoteSpeaks,
  frame.windowSpeaks,
  frame.tooLarge,
  frame.notFramed,
  frame.notSecure,
  frame.pageMoved,
  frame.noMicrophone,
  frame.cookieLost,
  payload.unknownType,
  payload.missingField,
  payload.unknownField,
  payload.notMilliseconds, // before wrongType: this rule's remedy also names the type, and a field gets only one finding
  payload.wrongType,
  payload.constantName,
  payload.notE164,
  payload.deprecated,
  session.notLoggedIn,
  session.unseenCall,
  session.loginLost,
  callOrder.neverEnded,
  callOrder.ghostCall,
  callOrder.endCallIgnored,
  callOrder.otherCallEnded,
  engagements.duplicateEngagement,
  engagements.unknownCall,
  callOrder.outOfOrder,
  callOrder.neverAnswered,
  engagements.noEngagement,
  engagements.engagementForgotten,
  engagements.engagementNotSaid,
  callee.wrongCallee,
  check.untrustedSync,
  check.untrustedEvent,
  check.uncaught,
  check.userActionFailed,
  check.messageNotSent,
  check.scenarioAborted,
  check.noCallTried,
  checkLimits.notResponding,
  checkLimits.neverStops,
  checkLimits.neverQuiet,
  checkLimits.leavesHubspot,
  check.accessibility,
] as const;

export type RuleId = (typeof table)[number]["id"];
export const rules: readonly Rule<RuleId>[] = table;

const byId = new Map<string, Rule<RuleId>>(rules.map((rule) => [rule.id, rule]));

export function ruleOf(id: RuleId): Rule<RuleId> {
  const rule = byId.get(id);
  if (!rule) throw new Error(`no rule has the id "${id}"`);
  return rule;
}

// Rules about call ids and engagements. An engagement is an entry on a record's timeline.
import { fieldsOf, quote } from "../../protocol/fields.ts";
import { outbound } from "../../protocol/messages.ts";
import { labelOf } from "../calls/call.ts";
import { engagementIdOf, externalCallIdOf } from "../calls/call-ids.ts";
import { hasEngagementId, isAboutCall, isStart } from "../calls/call-messages.ts";
import { isNonBoolean } from "./non-boolean.ts";
import { isNoId } from "./payload-issues.ts";
import { type AppMessage, defineRule } from "./rule.ts";

export const duplicateEngagement = defineRule({
  id: "duplicate-engagement",
  severity: "error",
  title: "Second engagement for one call",
  explanation:
    "The app sent outgoingCall or incomingCall with createEngagement: true for a call that already has an engagement.",
  consequence: "HubSpot creates a second engagement, so the call appears twice on the timeline.",
  remedy:
    "Send outgoingCall or incomingCall once per call, with a new externalCallId. Make sure that the app instantiates the SDK only once, and that only one frame sends messages to HubSpot.",
  example: `
const externalCallId = crypto.randomUUID(); // a new id for each call
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): a call has one engagement",
  check({ type, fields, before }) {
    const hasEngagement = before && before.engagement !== "none" && before.engagement !== "failed";
    if (!isStart(type) || !hasEngagement || fields.createEngagement !== true) return [];
    const { method } = outbound[type];
    return [{ message: `${method} requests an engagement, but ${labelOf(before)} already has one` }];
  },
});

export const unknownCall = defineRule({
  id: "unknown-call",
  severity: "error",
  title: "Unknown call or engagement",
  explanation:
    "The message's externalCallId or engagementId does not belong to any call, or the two ids belong to different calls.",
  consequence: "HubSpot cannot find the call, so the message has no effect, or it changes a different call.",
  remedy:
    "Send the externalCallId from outgoingCall or incomingCall, and the engagementId that onCreateEngagementSucceeded received for this call.",
  example: `
onCreateEngagementSucceeded({ engagementId }) {
  call.engagementId = engagementId; // for callEnded and callCompleted
},`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): messages identify a call by its externalCallId and engagementId",
  check: (sent) =>
    wrongIds(sent).map(({ field, problem }) => ({
      message: `${outbound[sent.type].method}: ${problem}`,
      field,
      once: { in: "current call", key: problem },
    })),
});

function wrongIds(sent: AppMessage): { field: string; problem: string }[] {
  if (!isAboutCall(sent.type) || isStart(sent.type)) return [];
  const problems = { externalCallId: externalCallIdProblem(sent), engagementId: engagementIdProblem(sent) };
  return Object.entries(problems).flatMap(([field, problem]) => (problem === undefined ? [] : [{ field, problem }]));
}

function externalCallIdProblem({ fields, call }: AppMessage): string | undefined {
  const name = externalCallIdOf(fields.externalCallId);
  const isUnknown = name !== "" && call?.externalCallId !== name;
  return isUnknown ? `no call has the externalCallId ${quote(name)}` : undefined;
}

function engagementIdProblem({ type, fields, call, ledger }: AppMessage): string | undefined {
  const id = engagementIdOf(fields.engagementId);
  if (id === undefined || !hasEngagementId(type)) return undefined;
  if (!ledger.hasEngagement(id)) {
    const hasNoEngagement = call && call.engagement !== "created";
    const isExcused = hasNoEngagement && (call.engagement === "none" || isNoId(fields.engagementId));
    return isExcused ? undefined : `no call has the engagementId ${quote(fields.engagementId)}`;
  }
  const isOfOtherCall = call?.engagementId !== undefined && call.engagementId !== id;
  return isOfOtherCall ? `engagementId ${id} does not belong to ${labelOf(call)}` : undefined;
}

export const noEngagement = defineRule({
  id: "no-engagement",
  severity: "error",
  title: "Call not on the timeline",
  explanation: "The app completed a call for which it never requested an engagement.",
  consequence: "The call does not appear on the record's timeline, and its notes are lost.",
  remedy: "Send createEngagement: true in outgoingCall or incomingCall.",
  example: `
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });
cti.incomingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });`,
  sure: "documented",
  source:
    "HubSpot's documentation (calling SDK page): with createEngagement: true, HubSpot creates an engagement for the call",
  check({ type, call, sdk }) {
    // An SDK without callCompleted sends nothing after callEnded.
    const isOver = type === "CALL_COMPLETED" || (type === "CALL_ENDED" && !sdk.hasCallCompleted);
    if (!isOver || call?.engagement !== "none") return [];
    // The wrong type of createEngagement was already reported when the call started.
    if (isNonBoolean(fieldsOf(call.reachedBy.created?.data).createEngagement)) return [];
    const problem = "it started without createEngagement: true, so it is not on the timeline";
    const message = `${labelOf(call)} was ${type === "CALL_ENDED" ? "ended" : "completed"}, but ${problem}`;
    return [{ message, once: { in: call, key: "no engagement" } }];
  },
});

export const engagementForgotten = defineRule({
  id: "engagement-forgotten",
  severity: "error",
  title: "Call lost after a navigation",
  explanation:
    "HubSpot reloaded the app during a call, and onReady received that call's engagementId. Afterwards, the app could not hang up, or sent no message about the call with one of the call's ids.",
  consequence:
    "HubSpot reloads the app on every navigation, for example when the user opens another record. An app that loses its call never ends or completes it, so the call stays unfinished in HubSpot.",
  remedy: "Store the call in localStorage, and restore the call when onReady receives its engagementId.",
  example: `
onReady({ engagementId }) {
  const call = JSON.parse(localStorage.getItem(\`call \${engagementId}\`) ?? "null"); // stored in onCreateEngagementSucceeded
  cti.initialized({ isLoggedIn: true, engagementId });
},`,
  sure: "documented",
  source:
    "HubSpot's documentation (receive calls page): after a navigation, onReady receives the engagementId of the call in progress",
});

export const engagementNotSaid = defineRule({
  id: "engagement-not-said",
  severity: "warning",
  title: "engagementId missing from initialized",
  explanation:
    "onReady received the engagementId of a call in progress, but the app did not send it back in initialized.",
  consequence: "HubSpot cannot tell whether the app has resumed the call. Nothing is known to break.",
  remedy: "Pass the engagementId from onReady to initialized.",
  example: `
onReady({ engagementId }) {
  cti.initialized({ isLoggedIn: true, engagementId });
},`,
  sure: "documented",
  source: "HubSpot's documentation (receive calls page): in initialized, the app returns the engagementId from onReady",
});

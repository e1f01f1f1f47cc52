// Rules about the ids of calls, and about engagements: the entries on a record's timeline.
import { quote } from "../../protocol/fields.ts";
import { outbound } from "../../protocol/messages.ts";
import { engagementIdOf, hasEngagementId, isAboutCall, isStart, nameOf } from "../calls/ledger.ts";
import { isNoId } from "./payload-issues.ts";
import { type AppMessage, defineRule } from "./rule.ts";

export const duplicateEngagement = defineRule({
  id: "duplicate-engagement",
  severity: "error",
  title: "Second engagement for one call",
  explanation:
    "The app sent outgoingCall or incomingCall with createEngagement: true for a call that already has an engagement.",
  consequence: "HubSpot creates another engagement: the same call is on the timeline twice.",
  remedy:
    "Send outgoingCall or incomingCall once for each call, with a new externalCallId. Check that the app creates the SDK once, and that only one frame speaks to HubSpot.",
  example: `
const externalCallId = crypto.randomUUID(); // a new one for each call
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });`,
  sure: "documented",
  source: "the vendor's pages: one call, one engagement",
  check({ type, fields, before }) {
    const hasEngagement = before && before.engagement !== "none" && before.engagement !== "failed";
    if (!isStart(type) || !hasEngagement || fields.createEngagement !== true) return [];
    const { method } = outbound[type];
    return [{ message: `${method} asks for an engagement, but call ${quote(before.externalCallId)} already has one` }];
  },
});

export const unknownCall = defineRule({
  id: "unknown-call",
  severity: "error",
  title: "Unknown call or engagement",
  explanation:
    "The message names an externalCallId or an engagementId that no call has, or the two belong to different calls.",
  consequence: "HubSpot cannot find the call, so the message changes nothing, or it changes another call.",
  remedy:
    "Send the externalCallId of outgoingCall or incomingCall, and the engagementId that HubSpot sent in onCreateEngagementSucceeded for that call.",
  example: `
onCreateEngagementSucceeded({ engagementId }) {
  call.engagementId = engagementId; // for callEnded and callCompleted
},`,
  sure: "documented",
  source: "the vendor's pages: the id is that of outgoingCall or incomingCall, or HubSpot's answer to it",
  check: (sent) =>
    unknownIds(sent).map((words) => ({
      message: `${outbound[sent.type].method}: ${words}`,
      once: { in: "current call", key: words },
    })),
});

function unknownIds({ type, fields, call, ledger }: AppMessage): string[] {
  if (!isAboutCall(type) || isStart(type)) return [];
  const unknown: string[] = [];
  const name = nameOf(fields.externalCallId);
  if (name !== "" && call?.externalCallId !== name) unknown.push(`no call has the externalCallId ${quote(name)}`);
  const id = engagementIdOf(fields.engagementId);
  if (id === undefined || !hasEngagementId(type)) return unknown;
  if (!ledger.hasEngagement(id)) {
    const hasNone = call && call.engagement !== "created";
    const isExcused = hasNone && (call.engagement === "none" || isNoId(fields.engagementId));
    return isExcused ? unknown : [...unknown, `no call has the engagementId ${quote(fields.engagementId)}`];
  }
  const isOfOther = call?.engagementId !== undefined && call.engagementId !== id;
  return isOfOther
    ? [...unknown, `the engagementId ${id} belongs to another call than ${quote(call.externalCallId)}`]
    : unknown;
}

export const noEngagement = defineRule({
  id: "no-engagement",
  severity: "error",
  title: "Call not on the timeline",
  explanation: "The app completed a call for which it had not asked HubSpot to create an engagement.",
  consequence: "HubSpot has no entry for the call: it is not on the record's timeline, and its notes are lost.",
  remedy: "Send createEngagement: true in outgoingCall or incomingCall.",
  example: `
cti.outgoingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });
cti.incomingCall({ externalCallId, fromNumber, toNumber, createEngagement: true });`,
  sure: "documented",
  source: "the vendor's pages: createEngagement true puts the call on the record's timeline",
  check({ type, call }) {
    if (type !== "CALL_COMPLETED" || call?.engagement !== "none") return [];
    const words = "it was started without createEngagement: true, so it is not on the timeline";
    const message = `call ${quote(call.externalCallId)} was completed, but ${words}`;
    return [{ message, once: { in: call, key: "no engagement" } }];
  },
});

export const engagementForgotten = defineRule({
  id: "engagement-forgotten",
  severity: "error",
  title: "Call lost after a navigation",
  explanation:
    "HubSpot loaded its page again during a call, and onReady brought the engagementId of the call. No message after that names it: the app has forgotten the call.",
  consequence: "HubSpot navigates often, for each record. The call is never ended or completed, and stays unfinished.",
  remedy: "Store the call in localStorage, and restore it when onReady brings its engagementId.",
  example: `
onReady({ engagementId }) {
  const call = JSON.parse(localStorage.getItem(\`call \${engagementId}\`) ?? "null"); // stored when it started
  cti.initialized({ isLoggedIn: true, engagementId });
},`,
  sure: "documented",
  source: "the vendor's page on receiving calls: after a navigation READY brings the engagementId of the running call",
});

export const engagementNotSaid = defineRule({
  id: "engagement-not-said",
  severity: "warning",
  title: "engagementId missing from initialized",
  explanation: "onReady brought the engagementId of a running call, and the app did not send it back in initialized.",
  consequence: "HubSpot cannot tell whether the app goes on with the call. Nothing is known to break.",
  remedy: "Pass the engagementId of onReady to initialized.",
  example: `
onReady({ engagementId }) {
  cti.initialized({ isLoggedIn: true, engagementId });
},`,
  sure: "documented",
  source: "the vendor's page on receiving calls: initialized says the engagementId that READY brought",
});

// Rules about the order of a call's messages, and about calls that the app never ends or completes.
import { stateLabels } from "../../protocol/call-states.ts";
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import { outbound } from "../../protocol/messages.ts";
import { type Call, labelOf } from "../calls/call.ts";
import { hasCallId } from "../calls/call-ids.ts";
import { defineRule } from "./rule.ts";

/** The end of the finding's message for each call state. */
const wrongMoments: Record<Call["state"], string> = {
  created: "before it ended",
  answered: "before it ended",
  ended: "after it ended",
  completed: "after it was completed",
};
const endNamedCallRemedy =
  "In onEndCall, end the call whose ids the event contains. If the event contains no ids, end the active call.";
/** The state that a call already has when the app sends the message a second time. */
const repeats: { [type: string]: Call["state"] } = {
  CALL_ANSWERED: "answered",
  CALL_ENDED: "ended",
  CALL_COMPLETED: "completed",
};

export const neverEnded = defineRule({
  id: "never-ended",
  severity: "error",
  title: "Call never ended",
  explanation:
    "The app started a call, but did not send callEnded before it started another call or was closed. An inbound call may arrive during another call (call waiting), so incomingCall does not count as the start of another call. A consultation call does count, because the simulator cannot tell it from the next call of an app that forgot callEnded.",
  consequence:
    "HubSpot treats the call as in progress until it receives callEnded. Until then, the user cannot close the widget or leave the page.",
  remedy:
    "Send callEnded whenever a call ends: after either side hangs up, and after a rejected call, a missed call or an error.",
  example: `
phone.on("over", () => {
  cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" });
});`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): the user cannot navigate or close the widget before callEnded",
  checkAbandoned(call, when) {
    // After CREATE_ENGAGEMENT_FAILED, the next start message without an externalCallId may retry the same call.
    const isTriedAgain = call.externalCallId === "" && call.engagement === "failed";
    if (call.state === "ended" || isTriedAgain) return [];
    const message = `${labelOf(call)} was ${stateLabels[call.state]}, but callEnded was not sent ${when}`;
    return [{ message, about: call.reachedBy.created, once: { in: call, key: "never ended" } }];
  },
});

export const ghostCall = defineRule({
  id: "ghost-call",
  severity: "error",
  title: "Call never completed",
  explanation: "The app ended a call, but did not send callCompleted before it started another call or was closed.",
  consequence:
    "The call stays unfinished in HubSpot (a ghost call). It does not appear on the timeline, and its notes and duration are missing.",
  remedy:
    "After callEnded, send callCompleted with the engagementId, no later than when the user saves or closes the notes.",
  example: `
saveButton.onclick = () => {
  cti.callCompleted({ externalCallId, engagementId, hideWidget: false, engagementProperties: { hs_call_body: notes.value } });
};`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): callCompleted puts the call on the timeline",
  checkAbandoned(call, when, sdk) {
    if (call.state !== "ended" || !sdk.hasCallCompleted) return [];
    const { ended, answered, created } = call.reachedBy;
    const message = `${labelOf(call)} ended, but callCompleted was not sent ${when}`;
    return [{ message, about: ended ?? answered ?? created }];
  },
});

export const endCallIgnored = defineRule({
  id: "end-call-ignored",
  severity: "warning",
  title: "END_CALL (onEndCall) ignored",
  explanation: "HubSpot sent END_CALL (onEndCall), but the app did not send callEnded within the time limit.",
  consequence:
    "If HubSpot offers the user a hang-up button, a click on it does not end the call, and HubSpot still shows the call as in progress.",
  remedy: "Handle onEndCall: hang up, then send callEnded.",
  example: `
onEndCall() {
  phone.hangUp();
  cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" });
},`,
  sure: "inferred",
  source: "HubSpot's demo app answers END_CALL with callEnded; HubSpot's documentation does not mention the event",
  checkEndOverdue: (call, timeoutMs) => [
    {
      message: `callEnded was not sent for ${labelOf(call)} within ${timeoutMs} ms after END_CALL`,
      about: call.endCall,
      ...(hasCallId(call.endCall?.data) && { remedy: endNamedCallRemedy }),
      once: { in: call, key: "END_CALL ignored" },
    },
  ],
});

export const otherCallEnded = defineRule({
  id: "other-call-ended",
  severity: "warning",
  title: "Another call ended after END_CALL (onEndCall)",
  explanation:
    "Several calls were in progress, and HubSpot sent END_CALL (onEndCall) with the ids of one call. The app then sent callEnded for another call, but did not end the named call within the time limit or before the next END_CALL for this call. If the app did not hang up the other call itself, it has only ignored END_CALL.",
  consequence:
    "If the app hung up the other call, the user has lost a call, and the call that the user wanted to end continues.",
  remedy: endNamedCallRemedy,
  example: `
onEndCall(data) {
  const named = calls.find(({ externalCallId }) => externalCallId === data?.externalCallId);
  hangUp(named ?? activeCall); // and send callEnded for this call
},`,
  sure: "chosen",
  source:
    "our choice: if several calls are in progress, END_CALL contains the ids of the call to end; HubSpot's documentation does not mention the event",
  checkOtherEnded: (call, { call: other, message: about }, when) => [
    {
      message: `END_CALL named ${labelOf(call)}, but the app reported the end of ${labelOf(other)}, and did not end ${labelOf(call)} ${when}`,
      about,
      once: { in: call, key: "other call ended" },
    },
  ],
});

export const outOfOrder = defineRule({
  id: "out-of-order",
  severity: "warning",
  title: "Message out of order",
  explanation:
    "The app sent a message about a call twice, too early or too late. The correct order is started, answered (if the call is answered), ended and completed. Each message is sent once.",
  consequence: "Nothing is known to break, but HubSpot may show the wrong call state.",
  remedy:
    "Send each message once, when the event happens. A common cause is an event handler that is registered twice.",
  example: `
cti.callAnswered({ externalCallId });
cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" });
cti.callCompleted({ externalCallId, engagementId, hideWidget: false });`,
  sure: "documented",
  source: "HubSpot's documentation (calling SDK page): the order is started, answered, ended and completed",
  check({ type, call, before, isOutOfOrder }) {
    if (!isOutOfOrder || !call || !before) return [];
    const moment = repeats[type] === before.state ? "twice" : wrongMoments[before.state];
    const message = `${outbound[type].method} was sent for ${labelOf(call)} ${moment}`;
    return [{ message, once: { in: call } }];
  },
});

export const neverAnswered = defineRule({
  id: "never-answered",
  severity: "warning",
  title: "Unanswered call reported as completed",
  explanation:
    "The app reported COMPLETED, as callEndStatus or as hs_call_status, for a call for which it had not sent callAnswered.",
  consequence:
    "The timeline shows an unanswered call as a conversation, or HubSpot does not learn that the call was answered.",
  remedy:
    "Send callAnswered when the call is answered. If the call was not answered, end it with NO_ANSWER, BUSY, CANCELED, MISSED, REJECTED or FAILED.",
  example: `
phone.on("answered", () => cti.callAnswered({ externalCallId }));
phone.on("over", ({ wasAnswered }) => {
  cti.callEnded({ externalCallId, engagementId, callEndStatus: wasAnswered ? "COMPLETED" : "NO_ANSWER" });
});`,
  sure: "documented",
  source:
    "HubSpot's documentation (calling SDK page): the app sends callAnswered when the call is answered; a missed call has a different status",
  check({ type, fields, call, before }) {
    if (!call || !before || !isCompleted(type, fields) || wasAnswered(before)) return [];
    const message = `${outbound[type].method} reports COMPLETED, but callAnswered was not sent for ${labelOf(call)}`;
    return [{ message, once: { in: call, key: "never answered" } }];
  },
});

function isCompleted(type: MessageType, { callEndStatus, engagementProperties }: Fields): boolean {
  if (type === "CALL_ENDED") return callEndStatus === "COMPLETED";
  return type === "CALL_COMPLETED" && fieldsOf(engagementProperties).hs_call_status === "COMPLETED";
}

/** Also returns true if the session does not contain the start of the call, because the call may have been answered. */
function wasAnswered({ reachedBy, state, meantState }: Readonly<Call>): boolean {
  return !reachedBy.created || reachedBy.answered !== undefined || state === "answered" || meantState !== undefined;
}

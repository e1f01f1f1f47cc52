// Rules about the order of messages in a call, and about calls that do not come to their end.
import { stateLabels } from "../../protocol/call-states.ts";
import { quote } from "../../protocol/fields.ts";
import { outbound } from "../../protocol/messages.ts";
import type { Call } from "../calls/ledger.ts";
import { defineRule } from "./rule.ts";

/** A call that HubSpot asked to end and that was never ended broke one rule, not two. */
const endKey = "was not ended";

/** How the sentence goes on, by the state in which the call was. */
const wrongMoments: Record<Call["state"], string> = {
  created: "before it ended",
  answered: "before it ended",
  ended: "after it ended",
  completed: "after it was completed",
};
/** The state in which a message that comes again finds the call. */
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
    "The app started a call and did not send callEnded for it, and now it is too late: another call started, or the app was closed.",
  consequence:
    "Until callEnded, HubSpot takes the call as running and does not let its user close the widget, navigate or dial again.",
  remedy:
    "Send callEnded whenever a call is over: after a hang-up on either side, a rejection, a missed call or an error.",
  example: `
phone.on("over", () => {
  cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" });
});`,
  sure: "documented",
  source: "the vendor's pages: until callEnded, HubSpot does not let its user go on",
  checkAbandoned(call, when) {
    // A call without an id whose engagement failed may be the one that is tried again.
    const isTriedAgain = call.externalCallId === "" && call.engagement === "failed";
    if (call.state === "ended" || isTriedAgain) return [];
    const words = `call ${quote(call.externalCallId)} was ${stateLabels[call.state]}, but callEnded was not sent ${when}`;
    return [{ message: words, about: call.reachedBy.created, once: { in: call, key: endKey } }];
  },
});

export const ghostCall = defineRule({
  id: "ghost-call",
  severity: "error",
  title: "Call never completed",
  explanation:
    "The app ended a call but did not send callCompleted for it, and now it is too late: another call started, or the app was closed.",
  consequence:
    "HubSpot keeps an unfinished call, a ghost: the call is not filed on the timeline, and notes and duration are missing.",
  remedy:
    "After callEnded, send callCompleted with the engagementId, at the latest when the user saves or leaves the notes.",
  example: `
saveButton.onclick = () => {
  cti.callCompleted({ externalCallId, engagementId, hideWidget: false, engagementProperties: { hs_call_body: notes.value } });
};`,
  sure: "documented",
  source: "the vendor's pages: callCompleted ends the call for HubSpot; without it the call stays unfinished",
  checkAbandoned(call, when) {
    if (call.state !== "ended") return [];
    const { ended, answered, created } = call.reachedBy;
    const words = `call ${quote(call.externalCallId)} ended, but callCompleted was not sent ${when}`;
    return [{ message: words, about: ended ?? answered ?? created }];
  },
});

export const endCallIgnored = defineRule({
  id: "end-call-ignored",
  severity: "error",
  title: "END_CALL ignored",
  explanation:
    "HubSpot asked the app to hang up with END_CALL, and the app did not send callEnded within the time limit (30 seconds, unless it is set otherwise).",
  consequence: "The user pressed the button to hang up, but the call goes on, and HubSpot still takes it as running.",
  remedy: "Handle onEndCall: hang up, then send callEnded.",
  example: `
onEndCall() {
  phone.hangUp();
  cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" });
},`,
  sure: "inferred",
  source: "the vendor's demo answers END_CALL with callEnded",
  checkEndOverdue: (call, timeoutMs) => [
    {
      message: `callEnded was not sent for call ${quote(call.externalCallId)} within ${timeoutMs} ms of END_CALL`,
      about: call.endCall,
      once: { in: call, key: endKey },
    },
  ],
});

export const outOfOrder = defineRule({
  id: "out-of-order",
  severity: "warning",
  title: "Message out of order",
  explanation:
    "A message about a call came twice, too early or too late. A call is started, answered (if somebody answers), ended and completed, each once.",
  consequence: "Nothing is known to break, but HubSpot may show the call in a wrong state.",
  remedy:
    "Send each message once, at the moment when it happens. Often the cause is a handler that is registered twice.",
  example: `
cti.callAnswered({ externalCallId });
cti.callEnded({ externalCallId, engagementId, callEndStatus: "COMPLETED" });
cti.callCompleted({ externalCallId, engagementId, hideWidget: false });`,
  sure: "documented",
  source: "the vendor's pages: started, answered, ended, completed",
  check({ type, call, before, isOutOfOrder }) {
    if (!isOutOfOrder || !call || !before) return [];
    const moment = repeats[type] === before.state ? "twice" : wrongMoments[before.state];
    const message = `${outbound[type].method} was sent for call ${quote(call.externalCallId)} ${moment}`;
    return [{ message, once: { in: call } }];
  },
});

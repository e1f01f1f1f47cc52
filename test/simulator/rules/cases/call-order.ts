import {
  answered,
  app,
  call,
  closed,
  completed,
  createdFor,
  endCall,
  ended,
  frameGone,
  ids,
  initialized,
  onTimeline,
  over,
  overdue,
  resumed,
  running,
  to,
} from "../../../support/rule-steps.ts";
import type { Cases } from "./case.ts";

const wrongId = [
  "missing-field: callEnded: engagementId is missing",
  'unknown-call: callEnded: no call has the externalCallId "wrong"',
];
const next = app("INCOMING_CALL", call("b"));
const endedWith = (callEndStatus: string) => app("CALL_ENDED", { ...ids, callEndStatus });
const nextIds = { externalCallId: "b", engagementId: 8 };
const twoCalls = [running, answered, next, createdFor("b", 8)];
const nextOver = [
  ...[createdFor("b", 8), app("CALL_ANSWERED", { externalCallId: "b" })],
  ...[app("CALL_ENDED", nextIds), app("CALL_COMPLETED", nextIds)],
];
const dialedNext = app("OUTGOING_CALL_STARTED", call("c", { toNumber: "+18005550103" }));

export const callOrder: Cases = {
  "never-ended": [
    {
      app: "ends a call with the wrong id",
      steps: [running, answered, app("CALL_ENDED", { externalCallId: "wrong" }), closed],
      finds: ['call "a" was answered, but callEnded was not sent before the app was closed'],
      also: wrongId,
    },
    {
      app: "ends a call with the wrong id, and completes it with the right one",
      steps: [running, answered, app("CALL_ENDED", { externalCallId: "wrong" }), completed, closed],
      finds: [],
      also: wrongId,
    },
    {
      app: "never ends a call that has no id",
      steps: [initialized, app("OUTGOING_CALL_STARTED", call("")), closed],
      finds: ["the call without an id was started, but callEnded was not sent before the app was closed"],
      also: ["missing-field: warning: outgoingCall: externalCallId is empty"],
    },
    {
      app: "is unloaded and closed during a call",
      steps: [running, answered, frameGone, closed, closed],
      finds: ['call "a" was answered, but callEnded was not sent before the app was closed'],
    },
    {
      app: "starts a second outgoing call during the first, and ends the first later",
      steps: [running, dialedNext, answered, ended, completed],
      finds: ['call "a" was started, but callEnded was not sent before outgoingCall started the next call'],
    },
    ...[
      { how: "which waits", steps: [running, answered, next, ended, completed] },
      { how: "and ends the inbound call first", steps: [running, answered, next, nextOver, ended, completed, closed] },
    ].map(({ how, steps }) => ({ app: `receives an inbound call during another call, ${how}`, steps, finds: [] })),
    {
      app: "never ends a call during which an inbound call arrives",
      steps: [running, answered, next, nextOver, dialedNext],
      finds: ['call "a" was answered, but callEnded was not sent before outgoingCall started the next call'],
    },
    {
      app: "receives an inbound call during a call that it cannot identify",
      steps: [initialized, app("INCOMING_CALL", call("", { createEngagement: false, fromNumber: to })), next],
      finds: [
        "the call without an id was started, but callEnded was not sent before incomingCall started the next call",
      ],
      also: ["missing-field: warning: incomingCall: externalCallId is empty"],
    },
    {
      app: "is closed during a call that it resumed",
      steps: [onTimeline(7, "a", "answered"), resumed, closed],
      finds: ['call "a" was answered, but callEnded was not sent before the app was closed'],
    },
  ],

  "ghost-call": [
    {
      app: "completes a call with the wrong id",
      steps: [over, app("CALL_COMPLETED", { externalCallId: "wrong" }), closed],
      finds: ['call "a" ended, but callCompleted was not sent before the app was closed'],
      also: ['unknown-call: callCompleted: no call has the externalCallId "wrong"'],
    },
    {
      app: "starts the next call before it completes the previous call",
      steps: [over, next],
      finds: ['call "a" ended, but callCompleted was not sent before incomingCall started the next call'],
    },
    {
      app: "is unloaded and closed before it completes a call",
      steps: [over, frameGone, closed, closed],
      finds: ['call "a" ended, but callCompleted was not sent before the app was closed'],
    },
    {
      app: "starts the next call before it completes the call that it resumed",
      steps: [onTimeline(7, "a", "ended"), resumed, initialized, next],
      finds: ['call "a" ended, but callCompleted was not sent before incomingCall started the next call'],
    },
    {
      app: "answers a call with a wrong id, and never completes the call",
      steps: [running, app("CALL_ANSWERED", { externalCallId: "b" }), answered, ended, closed],
      finds: ['call "a" ended, but callCompleted was not sent before the app was closed'],
      also: ['unknown-call: callAnswered: no call has the externalCallId "b"'],
    },
  ],

  "never-answered": [
    {
      app: "ends and completes an unanswered call with the status COMPLETED",
      steps: [
        [running, endedWith("COMPLETED")],
        app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_status: "COMPLETED" } }),
      ],
      finds: ['callEnded reports COMPLETED, but callAnswered was not sent for call "a"'],
    },
    {
      app: "completes an unanswered call with the status COMPLETED",
      steps: [running, ended, app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_status: "COMPLETED" } })],
      finds: ['callCompleted reports COMPLETED, but callAnswered was not sent for call "a"'],
    },
    {
      app: "ends an answered call with the status COMPLETED",
      steps: [running, answered, endedWith("COMPLETED")],
      finds: [],
    },
    {
      app: "ends an unanswered call with the status NO_ANSWER",
      steps: [running, endedWith("NO_ANSWER")],
      finds: [],
    },
    {
      app: "resumes an answered call, and ends it with the status COMPLETED",
      steps: [onTimeline(7, "a", "answered"), resumed, initialized, endedWith("COMPLETED")],
      finds: [],
    },
    {
      app: "ends another tab's call with the status COMPLETED",
      steps: [onTimeline(7, "a"), initialized, endedWith("COMPLETED")],
      finds: [],
    },
  ],

  "end-call-ignored": [
    {
      app: "ignores END_CALL twice, and never ends the call",
      steps: [running, endCall(1), endCall(2), overdue(1), overdue(2), closed],
      finds: ['callEnded was not sent for call "a" within 30000 ms after END_CALL'],
      also: ['never-ended: call "a" was started, but callEnded was not sent before the app was closed'],
    },
    { app: "obeys END_CALL", steps: [running, endCall(1), ended, overdue(1)], finds: [] },
    { app: "is unloaded after END_CALL", steps: [running, endCall(1), frameGone, overdue(1)], finds: [] },
    {
      app: "ends the waiting call instead of the active call",
      steps: [twoCalls, endCall(1), app("CALL_ENDED", nextIds), overdue(1)],
      finds: [],
    },
    {
      app: "receives END_CALL for the active call while another call is waiting, and ends neither",
      steps: [running, answered, next, endCall(1), overdue(1)],
      finds: ['callEnded was not sent for call "a" within 30000 ms after END_CALL'],
    },
    {
      app: "receives END_CALL before it starts a call",
      steps: [initialized, endCall(1), app("OUTGOING_CALL_STARTED", call()), overdue(1)],
      finds: [],
    },
  ],

  "other-call-ended": [
    {
      app: "ends a call that END_CALL did not name",
      steps: [twoCalls, endCall("named b"), ended, overdue("named b"), overdue("named b")],
      finds: [
        'END_CALL named call "b", but the app reported the end of call "a", and did not end call "b" within 30000 ms',
      ],
    },
    {
      app: "ends a call that END_CALL did not name, and ends the named call after the next END_CALL for it",
      steps: [
        twoCalls,
        endCall("named b"),
        ended,
        endCall(2),
        app("CALL_ENDED", nextIds),
        overdue("named b"),
        overdue(2),
      ],
      finds: [
        'END_CALL named call "b", but the app reported the end of call "a", and did not end call "b" before the next END_CALL for it',
      ],
    },
    {
      app: "ends the named call while the other party ends the other call",
      steps: [twoCalls, endCall("named b"), ended, app("CALL_ENDED", nextIds), overdue("named b")],
      finds: [],
    },
    {
      app: "ends the waiting call after an END_CALL that named no call",
      steps: [twoCalls, endCall(1), app("CALL_ENDED", nextIds), overdue(1), endCall(2), ended, overdue(2)],
      finds: [],
    },
    {
      app: "ends a call that END_CALL did not name, and is unloaded",
      steps: [twoCalls, endCall("named b"), ended, frameGone, overdue("named b")],
      finds: [],
    },
    {
      app: "ends no call, although END_CALL named one",
      steps: [twoCalls, endCall("named b"), overdue("named b")],
      finds: [],
      also: ['end-call-ignored: callEnded was not sent for call "b" within 30000 ms after END_CALL'],
    },
  ],

  "out-of-order": [
    {
      app: "answers a call after its end, and then completes it",
      steps: [over, answered, completed],
      finds: ['callAnswered was sent for call "a" after it ended'],
    },
    {
      app: "answers a call twice",
      steps: [running, answered, answered],
      finds: ['callAnswered was sent for call "a" twice'],
    },
    { app: "ends a call twice", steps: [over, ended], finds: ['callEnded was sent for call "a" twice'] },
    {
      app: "ends a call three times",
      steps: [over, ended, ended],
      finds: ['callEnded was sent for call "a" twice'],
    },
    {
      app: "ends a call after completing it",
      steps: [over, completed, ended],
      finds: ['callEnded was sent for call "a" after it was completed'],
    },
    {
      app: "transfers a call after its end",
      steps: [over, app("CALL_TRANSFERRED", { externalCallId: "a" })],
      finds: ['callTransferred was sent for call "a" after it ended'],
    },
    {
      app: "completes a call before ending it",
      steps: [running, answered, completed, ended],
      finds: ['callCompleted was sent for call "a" before it ended'],
    },
    {
      app: "completes a call twice",
      steps: [over, completed, completed],
      finds: ['callCompleted was sent for call "a" twice'],
    },
  ],
};

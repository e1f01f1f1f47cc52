// What apps do wrong about their calls, and all that is found in it.
import { expect } from "@playwright/test";
import {
  answered,
  app,
  call,
  closed,
  completed,
  createdFor,
  ended,
  frameGone,
  from,
  hubspot,
  ids,
  initialized,
  onTimeline,
  outgoing,
  over,
  running,
  type Step,
  sdk,
  to,
} from "./rule-steps.ts";

export type Wrong = [what: string, steps: Step[], finds: unknown[]];

const unknown = (type: string) => app("ERROR", { type: "UNKNOWN_MESSAGE_TYPE", data: { originalMessage: { type } } });
const endCalls = [1, 2].map((at) => ({ at, from: "hubspot", type: "END_CALL" }) as const);
const endCall =
  (which: 1 | 2): Step =>
  ({ contract }) => {
    for (const message of endCalls.slice(which - 1, which)) contract.hubspotSent(message);
  };
const overdue =
  (which: 1 | 2): Step =>
  ({ contract }) => {
    for (const message of endCalls.slice(which - 1, which)) contract.endIsOverdue(message, 30_000);
  };
const takenUp: Step = ({ calls, timeline }) => {
  for (const engagement of timeline) calls.takeUp(engagement);
};
const failed = { error: { message: "no" } };
const notAsked = call("a", { createEngagement: false });
const muted = { mute: "window" } as const;

/** Which call it is. */
const ofWhich: Wrong[] = [
  [
    "an engagement that HubSpot could not create",
    [initialized, outgoing, hubspot("CREATE_ENGAGEMENT_FAILED", failed), ended],
    ["unknown-call: callEnded: no call has the engagementId 7"],
  ],
  [
    "an engagement that an event named, and the CRM has not",
    [initialized, outgoing, hubspot("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 7 }), ended],
    ["unknown-call: callEnded: no call has the engagementId 7"],
  ],
  [
    "an engagement that a failure echoed, in two calls",
    [
      ...[...over, app("FINALIZE_ENGAGEMENT", { ...ids, engagementId: 9 })],
      ...[hubspot("FINALIZE_ENGAGEMENT_FAILED", { ...ids, engagementId: 9 }), completed],
      ...[app("INCOMING_CALL", call("b")), createdFor("b", 8)],
      ...[app("CALL_ENDED", { externalCallId: "b", engagementId: 8 })],
      ...[app("FINALIZE_ENGAGEMENT", { externalCallId: "b", engagementId: 9 })],
    ],
    [
      "unknown-call: finalizeEngagement: no call has the engagementId 9",
      "unknown-call: finalizeEngagement: no call has the engagementId 9",
    ],
  ],
  [
    "an id of no engagement, told once in each call that uses it",
    [
      ...[
        ...running,
        app("CALL_ENDED", { ...ids, engagementId: 9 }),
        app("FINALIZE_ENGAGEMENT", { ...ids, engagementId: 9 }),
      ],
      ...[app("CALL_COMPLETED", ids), app("INCOMING_CALL", call("b")), createdFor("b", 8)],
      ...[app("CALL_ENDED", { externalCallId: "b", engagementId: 9 })],
    ],
    [
      "unknown-call: callEnded: no call has the engagementId 9",
      "unknown-call: callEnded: no call has the engagementId 9",
    ],
  ],
  [
    "an id of no engagement in each of two calls, the first of which is never completed",
    [
      ...[...running, app("CALL_ENDED", { ...ids, engagementId: 9 })],
      ...[app("INCOMING_CALL", call("b")), createdFor("b", 8)],
      ...[app("CALL_ENDED", { externalCallId: "b", engagementId: 9 })],
    ],
    [
      "unknown-call: callEnded: no call has the engagementId 9",
      expect.stringMatching(/^ghost-call/),
      "unknown-call: callEnded: no call has the engagementId 9",
    ],
  ],
  [
    "an id of no call in calls that never begin",
    ["b", "b"].flatMap((externalCallId) => [
      app("CALL_ANSWERED", { externalCallId }),
      app("CALL_COMPLETED", { externalCallId }),
    ]),
    [
      'unknown-call: callAnswered: no call has the externalCallId "b"',
      'unknown-call: callAnswered: no call has the externalCallId "b"',
    ],
  ],
  [
    "the engagement of the call before",
    [
      ...[...over, completed, app("OUTGOING_CALL_STARTED", call("b")), createdFor("b", 8)],
      ...[app("CALL_ENDED", { externalCallId: "b", engagementId: 7 })],
    ],
    ['unknown-call: callEnded: the engagementId 7 is that of another call than "b"'],
  ],
  [
    "an engagement that was cleared",
    [...running, ({ timeline }) => void timeline.splice(0), ended],
    ["unknown-call: callEnded: no call has the engagementId 7"],
  ],
  [
    "a call that is completed without being asked for on the timeline, with 0 for its engagement",
    [
      ...[initialized, app("OUTGOING_CALL_STARTED", notAsked)],
      ...[app("CALL_ENDED", { externalCallId: "a", engagementId: 0 })],
      ...[app("CALL_COMPLETED", { externalCallId: "a", engagementId: 0 }), closed],
    ],
    [expect.stringMatching(/^no-engagement: callCompleted: "a" was started without createEngagement true/)],
  ],
  [
    "a call that ends and is completed by its engagement alone",
    [...running, app("CALL_ENDED", { engagementId: 7 }), app("CALL_COMPLETED", { engagementId: 7 }), closed],
    ["missing-field: callEnded: externalCallId is missing", "missing-field: callCompleted: externalCallId is missing"],
  ],
  [
    "a call that ends by the app's id alone",
    [...running, app("CALL_ENDED", { externalCallId: "a" }), completed, closed],
    ["missing-field: callEnded: engagementId is missing"],
  ],
  [
    "an end that names no call, and what follows from it",
    [...running, answered, app("CALL_ENDED", {}), completed, closed],
    ["missing-field: callEnded: externalCallId is missing", "missing-field: callEnded: engagementId is missing"],
  ],
  [
    "an end that names another call, and what follows from it",
    [...running, answered, app("CALL_ENDED", { externalCallId: "b", engagementId: 8 }), ended, completed, closed],
    [
      'unknown-call: callEnded: no call has the externalCallId "b"',
      "unknown-call: callEnded: no call has the engagementId 8",
    ],
  ],
  [
    "an answer that names another call, which is no excuse for the ghost",
    [...running, app("CALL_ANSWERED", { externalCallId: "b" }), answered, ended, closed],
    [
      'unknown-call: callAnswered: no call has the externalCallId "b"',
      expect.stringMatching(/^ghost-call: callCompleted did not come for "a"/),
    ],
  ],
  [
    "a call without an id of the app's, told at its start alone",
    [
      ...[initialized, app("OUTGOING_CALL_STARTED", { fromNumber: from, toNumber: to, createEngagement: true })],
      ...[createdFor("", 7), app("CALL_ANSWERED", {}), app("CALL_ENDED", { engagementId: 7 })],
      ...[app("CALL_COMPLETED", { engagementId: 7 }), closed],
    ],
    ["missing-field: outgoingCall: externalCallId is missing"],
  ],
  [
    "an SDK of 2023, told once, which has no ids of calls",
    [
      ...[sdk("0.0.11"), sdk("0.0.11"), initialized],
      ...[app("OUTGOING_CALL_STARTED", { phoneNumber: to, createEngagement: true }), createdFor("", 7)],
      ...[app("CALL_ANSWERED"), app("CALL_ENDED"), app("CALL_COMPLETED", { engagementId: 7 }), closed],
    ],
    ['old-sdk: the app has SDK "0.0.11"; what came with later ones is not asked of it'],
  ],
  ["an SDK of early 2023", [sdk("0.1.12")], [expect.stringMatching(/^old-sdk: the app has SDK "0.1.12"/)]],
  [
    "a second engagement for another tab's call",
    [onTimeline(7, "a"), initialized, outgoing],
    ['duplicate-engagement: outgoingCall: "a" has an engagement, and asks for another'],
  ],
];

/** That it does not come to its end. */
const neverOver: Wrong[] = [
  [
    "a call that was never completed before its frame went, told once",
    [...over, frameGone, closed, closed],
    ['ghost-call: callCompleted did not come for "a"; it was ended, not completed, when its frame went'],
  ],
  [
    "a call that was never ended before its frame went, told once",
    [...running, answered, frameGone, closed, closed],
    ['never-ended: callEnded did not come for "a"; it was answered, not ended, when its frame went'],
  ],
  [
    "a call that was never ended before the next, and is ended later",
    [...running, app("INCOMING_CALL", call("b")), answered, ended, completed],
    ['never-ended: callEnded did not come for "a"; it was started, not ended, when incomingCall started the next'],
  ],
  [
    "a call that was taken up and never ended",
    [onTimeline(7, "a", "answered"), takenUp, closed],
    ['never-ended: callEnded did not come for "a"; it was answered, not ended, when its frame went'],
  ],
  [
    "a call that was taken up and never completed",
    [onTimeline(7, "a", "ended"), takenUp, initialized, app("INCOMING_CALL", call("b"))],
    ['ghost-call: callCompleted did not come for "a"; it was ended, not completed, when incomingCall started the next'],
  ],
  [
    "END_CALL that is ignored, told once, and not as a call that never ended too",
    [...running, endCall(1), endCall(2), overdue(1), overdue(2), closed],
    ['end-call-ignored: callEnded did not come for "a" within 30000 ms of END_CALL'],
  ],
  ["nothing: END_CALL that is heeded", [...running, endCall(1), ended, overdue(1)], []],
  ["nothing: END_CALL, and then another page", [...running, endCall(1), frameGone, overdue(1)], []],
  ["nothing: END_CALL before the call", [initialized, endCall(1), outgoing, overdue(1)], []],
];

/** What else the app or its SDK does. */
const others: Wrong[] = [
  [
    "an event that the SDK does not know, told once",
    [unknown("VISIBILITY_CHANGED"), unknown("VISIBILITY_CHANGED")],
    ["unhandled-event: the app's SDK does not know VISIBILITY_CHANGED"],
  ],
  [
    "the engagement's event that the SDK does not know, and what follows from it",
    [...running, unknown("CREATE_ENGAGEMENT_SUCCEEDED"), app("CALL_ENDED", { externalCallId: "a", engagementId: 0 })],
    [expect.stringMatching(/^unhandled-event: .* CREATE_ENGAGEMENT_SUCCEEDED; .* ENGAGEMENT_CREATED.*sendsDeprecated/)],
  ],
  [
    "the engagement's event that the SDK does not know, where the deprecated one came",
    [
      ...[...running, hubspot("ENGAGEMENT_CREATED", { engagementId: 7 }), unknown("CREATE_ENGAGEMENT_SUCCEEDED")],
      app("CALL_ENDED", { externalCallId: "a" }),
    ],
    [
      "unhandled-event: the app's SDK does not know CREATE_ENGAGEMENT_SUCCEEDED",
      "missing-field: callEnded: engagementId is missing",
    ],
  ],
  [
    "a duration in seconds",
    [
      ...[
        ...running,
        app("CALL_ANSWERED", { externalCallId: "a" }, { at: 1000 }),
        app("CALL_ENDED", ids, { at: 6000 }),
      ],
      app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_duration: "5" } }),
    ],
    [expect.stringMatching(/^not-milliseconds: callCompleted: hs_call_duration is "5".* 5 seconds/)],
  ],
  [
    "a call from the remote while a calling window is in use",
    [initialized, app("OUTGOING_CALL_STARTED", call(), { mute: "remote" })],
    ["remote-speaks: the remote sent OUTGOING_CALL_STARTED"],
  ],
  [
    "a call in the window that is to be silent, told once",
    [
      ...[initialized, app("INCOMING_CALL", call(), muted), createdFor("a", 7)],
      ...[app("CALL_ANSWERED", { externalCallId: "a" }, muted), app("CALL_ENDED", ids, muted)],
    ],
    ["window-speaks: the window sent INCOMING_CALL"],
  ],
];

export const wrongCalls = [...ofWhich, ...neverOver, ...others];

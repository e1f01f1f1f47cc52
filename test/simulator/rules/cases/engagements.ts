import {
  answered,
  app,
  call,
  closed,
  completed,
  createdFor,
  ended,
  from,
  hubspot,
  ids,
  initialized,
  onTimeline,
  outgoing,
  over,
  running,
  sdk,
  to,
} from "../../../support/rule-steps.ts";
import type { Cases } from "./case.ts";

const notAsked = call("a", { createEngagement: false });
const withoutEngagement = [initialized, app("OUTGOING_CALL_STARTED", notAsked)];
const wrongId = (type: string, externalCallId = "a") => app(type, { externalCallId, engagementId: 9 });
const next = [app("INCOMING_CALL", call("b")), createdFor("b", 8)];
const secondEngagement = 'outgoingCall requests an engagement, but call "a" already has one';
const notOnTimeline =
  'call "a" was completed, but it started without createEngagement: true, so it is not on the timeline';

export const engagements: Cases = {
  "duplicate-engagement": [
    { app: "requests a second engagement", steps: [running, outgoing], finds: [secondEngagement] },
    {
      app: "requests a second engagement after an outgoingCall with createEngagement: false",
      steps: [running, app("OUTGOING_CALL_STARTED", notAsked), outgoing],
      finds: [secondEngagement],
    },
    {
      app: "requests a second engagement for a completed call",
      steps: [over, completed, app("INCOMING_CALL", call())],
      finds: ['incomingCall requests an engagement, but call "a" already has one'],
    },
    {
      app: "requests a second engagement for another tab's call",
      steps: [onTimeline(7, "a"), initialized, outgoing],
      finds: [secondEngagement],
    },
  ],

  "unknown-call": [
    {
      app: "answers an unknown call",
      steps: [running, app("CALL_ANSWERED", { externalCallId: "b" })],
      finds: ['callAnswered: no call has the externalCallId "b"'],
    },
    {
      app: "ends a call with an unknown engagementId",
      steps: [running, answered, app("CALL_ENDED", { ...ids, engagementId: 8 })],
      finds: ["callEnded: no call has the engagementId 8"],
    },
    {
      app: "completes a call with an unknown engagementId",
      steps: [over, app("CALL_COMPLETED", { ...ids, engagementId: 8 })],
      finds: ["callCompleted: no call has the engagementId 8"],
    },
    {
      app: "finalizes an unknown engagement",
      steps: [running, answered, app("FINALIZE_ENGAGEMENT", { ...ids, engagementId: 8 })],
      finds: ["finalizeEngagement: no call has the engagementId 8"],
    },
    {
      app: "finalizes the engagement of an unknown call",
      steps: [running, app("FINALIZE_ENGAGEMENT", { ...ids, externalCallId: "b" })],
      finds: ['finalizeEngagement: no call has the externalCallId "b"'],
    },
    {
      app: "ends a call with an engagementId although HubSpot could not create the engagement",
      steps: [initialized, outgoing, hubspot("CREATE_ENGAGEMENT_FAILED", { error: { message: "no" } }), ended],
      finds: ["callEnded: no call has the engagementId 7"],
    },
    {
      app: "ends a call with an engagementId that an event contained, but that the CRM does not contain",
      steps: [initialized, outgoing, hubspot("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 7 }), ended],
      finds: ["callEnded: no call has the engagementId 7"],
    },
    {
      app: "uses an unknown engagementId in two calls, with a failure reply between them",
      steps: [
        [over, wrongId("FINALIZE_ENGAGEMENT")],
        [hubspot("FINALIZE_ENGAGEMENT_FAILED", { ...ids, engagementId: 9 }), completed],
        [next, app("CALL_ENDED", { externalCallId: "b", engagementId: 8 }), wrongId("FINALIZE_ENGAGEMENT", "b")],
      ],
      finds: [
        "finalizeEngagement: no call has the engagementId 9",
        "finalizeEngagement: no call has the engagementId 9",
      ],
    },
    {
      app: "uses an unknown engagementId twice in one call and once in the next",
      steps: [
        [running, wrongId("CALL_ENDED"), wrongId("FINALIZE_ENGAGEMENT"), completed],
        [next, wrongId("CALL_ENDED", "b")],
      ],
      finds: ["callEnded: no call has the engagementId 9", "callEnded: no call has the engagementId 9"],
    },
    {
      app: "uses an unknown engagementId in two calls, and never completes the first",
      steps: [running, wrongId("CALL_ENDED"), next, wrongId("CALL_ENDED", "b")],
      finds: ["callEnded: no call has the engagementId 9", "callEnded: no call has the engagementId 9"],
      also: ['ghost-call: call "a" ended, but callCompleted was not sent before incomingCall started the next call'],
    },
    {
      app: "uses an unknown id in two calls that never start",
      steps: ["b", "b"].map((externalCallId) => [
        app("CALL_ANSWERED", { externalCallId }),
        app("CALL_COMPLETED", { externalCallId }),
      ]),
      finds: ['callAnswered: no call has the externalCallId "b"', 'callAnswered: no call has the externalCallId "b"'],
    },
    {
      app: "ends a call with the previous call's engagementId",
      steps: [
        [over, completed, app("OUTGOING_CALL_STARTED", call("b")), createdFor("b", 8)],
        app("CALL_ENDED", { externalCallId: "b", engagementId: 7 }),
      ],
      finds: ['callEnded: engagementId 7 does not belong to call "b"'],
    },
    {
      app: "ends a call whose engagement was cleared from the timeline",
      steps: [running, ({ timeline }) => void timeline.splice(0), ended],
      finds: ["callEnded: no call has the engagementId 7"],
    },
    {
      app: "ends a call with wrong ids, and then ends and completes it with the right ones",
      steps: [running, answered, app("CALL_ENDED", { externalCallId: "b", engagementId: 8 }), ended, completed, closed],
      finds: ['callEnded: no call has the externalCallId "b"', "callEnded: no call has the engagementId 8"],
    },
    {
      app: "identifies a call only by its engagementId",
      steps: [running, app("CALL_ENDED", { engagementId: 7 }), app("CALL_COMPLETED", { engagementId: 7 }), closed],
      finds: [],
      also: [
        "missing-field: warning: callEnded: externalCallId is missing",
        "missing-field: warning: callCompleted: externalCallId is missing",
      ],
    },
    {
      app: "identifies a call only by its externalCallId in callEnded",
      steps: [running, app("CALL_ENDED", { externalCallId: "a" }), completed, closed],
      finds: [],
      also: ["missing-field: warning: callEnded: engagementId is missing"],
    },
    {
      app: "makes a call without an id",
      steps: [
        [initialized, app("OUTGOING_CALL_STARTED", { fromNumber: from, toNumber: to, createEngagement: true })],
        [createdFor("", 7), app("CALL_ANSWERED", {}), app("CALL_ENDED", { engagementId: 7 })],
        [app("CALL_COMPLETED", { engagementId: 7 }), closed],
      ],
      finds: [],
      also: ["missing-field: warning: outgoingCall: externalCallId is missing"],
    },
  ],

  "no-engagement": [
    {
      app: "ends a call for which it requested no engagement, with an SDK that cannot complete calls",
      steps: [
        [sdk("0.0.1"), initialized, app("OUTGOING_CALL_STARTED", { phoneNumber: to, createEngagement: false })],
        [app("CALL_ENDED"), closed],
      ],
      finds: [
        "the call without an id was ended, but it started without createEngagement: true, so it is not on the timeline",
      ],
      also: [`old-sdk: the app's SDK reports version "0.0.1"; features that it lacks are not checked`],
    },
    {
      app: "completes a call for which it requested no engagement",
      steps: [
        [withoutEngagement, app("CALL_ENDED", { externalCallId: "a", engagementId: 0 })],
        [app("CALL_COMPLETED", { externalCallId: "a", engagementId: 0 }), closed],
      ],
      finds: [notOnTimeline],
    },
    ...[undefined, null, 0, "", Number.NaN].map((engagementId) => {
      const isOmitted = engagementId === undefined;
      const none = { externalCallId: "a", ...(!isOmitted && { engagementId }) };
      const sent = isOmitted
        ? "without an engagementId"
        : `with the engagementId ${engagementId === "" ? '""' : engagementId}`;
      return {
        app: `completes a call that has no engagement, ${sent}`,
        steps: [
          withoutEngagement,
          app("CALL_ENDED", { ...none, callEndStatus: "CANCELED" }),
          app("CALL_COMPLETED", none),
        ],
        finds: [notOnTimeline],
      };
    }),
  ],
};

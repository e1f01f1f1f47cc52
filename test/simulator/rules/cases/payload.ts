import {
  answered,
  app,
  call,
  completed,
  createdFor,
  ended,
  ids,
  initialized,
  onTimeline,
  over,
  running,
  sdk,
  to,
} from "../../../support/rule-steps.ts";
import type { Cases } from "./case.ts";

const { externalCallId: _, ...unnamed } = call();
const outgoing = (fields: object) => app("OUTGOING_CALL_STARTED", fields);
const withoutEngagement = [initialized, outgoing(call("a", { createEngagement: false }))];
const statuses = '("COMPLETED" | "FAILED" | "CANCELED" | "BUSY" | "NO_ANSWER" | "REJECTED" | "MISSED")';
const phoneNumberIsDeprecated = "deprecated: outgoingCall: phoneNumber is deprecated; send toNumber";

export const payload: Cases = {
  "unknown-type": [
    {
      app: "sends a message type that the SDK does not have",
      steps: [app("DIAL", {})],
      finds: ['unknown message type "DIAL"'],
    },
    {
      app: "sends one of HubSpot's events",
      steps: [app("DIAL_NUMBER", {})],
      finds: ['unknown message type "DIAL_NUMBER"'],
    },
  ],

  "missing-field": [
    {
      app: "sends an empty id",
      steps: [running, app("CALL_ANSWERED", { externalCallId: "" })],
      finds: ['callAnswered: externalCallId is empty; the message is probably about call "a"'],
    },
    {
      app: "starts a call without a payload",
      steps: [initialized, app("OUTGOING_CALL_STARTED")],
      finds: [
        "warning: outgoingCall: externalCallId is missing",
        "warning: outgoingCall: fromNumber is missing",
        "outgoingCall: toNumber is missing",
      ],
    },
    {
      app: "omits a field that only the SDK's types require",
      steps: [initialized, app("INCOMING_CALL", unnamed)],
      finds: ["warning: incomingCall: externalCallId is missing"],
    },
    {
      app: "omits a field that only the documentation requires",
      steps: [initialized, outgoing({ externalCallId: "a", toNumber: to })],
      finds: ["warning: outgoingCall: fromNumber is missing"],
    },
    {
      app: "omits one id, but sends the other",
      steps: [running, app("CALL_ENDED", { engagementId: 7 })],
      finds: ["warning: callEnded: externalCallId is missing"],
    },
    {
      app: "omits the only id of the only call in progress",
      steps: [running, app("CALL_ANSWERED", {})],
      finds: ['callAnswered: externalCallId is missing; the message is probably about call "a"'],
    },
    {
      app: "omits the id while a second call is waiting",
      steps: [running, app("INCOMING_CALL", call("b")), app("CALL_ANSWERED", {})],
      finds: ["callAnswered: externalCallId is missing"],
    },
    {
      app: "omits both ids after an earlier call was completed",
      steps: [over, completed, app("OUTGOING_CALL_STARTED", call("b")), createdFor("b", 8), app("CALL_ENDED")],
      finds: [
        'callEnded: externalCallId is missing; the message is probably about call "b"',
        'callEnded: engagementId is missing; the message is probably about call "b"',
      ],
    },
    {
      app: "omits the id when no call is in progress",
      steps: [over, completed, app("CALL_ANSWERED", {})],
      finds: ["callAnswered: externalCallId is missing"],
    },
    {
      app: "omits the id while only another tab has a call",
      steps: [initialized, onTimeline(7, "a"), app("CALL_ANSWERED", { externalCallId: "a" }), app("CALL_ANSWERED", {})],
      finds: ["callAnswered: externalCallId is missing"],
    },
    {
      app: "omits externalCallId when it starts a call, and both ids when it ends the call",
      steps: [
        initialized,
        outgoing({ toNumber: to, fromNumber: to, createEngagement: true }),
        createdFor("", 7),
        app("CALL_ENDED", {}),
      ],
      finds: ["warning: outgoingCall: externalCallId is missing", "callEnded: engagementId is missing"],
    },
    {
      app: "omits a nested field",
      steps: [app("INITIALIZED", { sizeInfo: { width: 400 } })],
      finds: ["initialized: sizeInfo.height is missing"],
    },
    { app: "sends an error without a message", steps: [app("ERROR", {})], finds: ["sendError: message is missing"] },
    {
      app: "has SDK 0.1.0, and omits a required field that SDK 0.1.0 has",
      steps: [sdk("0.1.0"), app("RESIZE_WIDGET", { width: 1 })],
      finds: ["resizeWidget: height is missing"],
      also: [`old-sdk: the app's SDK reports version "0.1.0"; features that it lacks are not checked`],
    },
    {
      app: "calls finalizeEngagement without an engagementId for a call that has no engagement",
      steps: [withoutEngagement, app("FINALIZE_ENGAGEMENT", { externalCallId: "a" })],
      finds: ["warning: finalizeEngagement: engagementId is missing"],
    },
  ],

  "wrong-type": [
    {
      app: "sends an undefined id alongside an id that identifies the call",
      steps: [running, app("CALL_ENDED", { externalCallId: undefined, engagementId: 7 })],
      finds: ["warning: callEnded: externalCallId is undefined; expected string"],
    },
    {
      app: "sends null for a property",
      steps: [over, app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_recording_url: null } })],
      finds: ["warning: callCompleted: engagementProperties.hs_call_recording_url is null; expected string"],
    },
    {
      app: "sends null for a required phone number",
      steps: [initialized, outgoing(call("a", { toNumber: null }))],
      finds: ["outgoingCall: toNumber is null; expected string"],
    },
    {
      app: "sends undefined for the only id",
      steps: [running, app("CALL_ANSWERED", { externalCallId: undefined })],
      finds: ['callAnswered: externalCallId is undefined; expected string; the message is probably about call "a"'],
    },
    {
      app: "uses a constant that the SDK does not define",
      steps: [running, app("CALL_ENDED", { ...ids, callEndStatus: undefined })],
      finds: [`warning: callEnded: callEndStatus is undefined; expected ${statuses}`],
    },
    {
      app: "sends an undefined nested field",
      steps: [over, app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_body: undefined } })],
      finds: ["warning: callCompleted: engagementProperties.hs_call_body is undefined; expected string"],
    },
    {
      app: "starts a call with a string as the payload",
      steps: [initialized, app("OUTGOING_CALL_STARTED", "a")],
      finds: ['outgoingCall: data is "a"; expected Object'],
    },
    {
      app: "answers a call with a string as the payload",
      steps: [running, app("CALL_ANSWERED", "a")],
      finds: ['callAnswered: data is "a"; expected Object'],
    },
    {
      app: 'sends "true" instead of true',
      steps: [app("INITIALIZED", { isLoggedIn: "true" })],
      finds: ['initialized: isLoggedIn is "true"; expected boolean'],
    },
    {
      app: 'sends isLoggedIn: "true", and then starts a call',
      steps: [app("INITIALIZED", { isLoggedIn: "true" }), outgoing(call())],
      finds: ['initialized: isLoggedIn is "true"; expected boolean'],
    },
    {
      app: 'sends createEngagement: "true", and then completes the call',
      steps: [
        [initialized, outgoing(call("a", { createEngagement: "true" })), answered],
        [app("CALL_ENDED", { externalCallId: "a" }), app("CALL_COMPLETED", { externalCallId: "a" })],
      ],
      finds: ['outgoingCall: createEngagement is "true"; expected boolean'],
    },
    {
      app: "sends createEngagement: null, and then completes the call",
      steps: [
        [initialized, outgoing(call("a", { createEngagement: null })), answered],
        [app("CALL_ENDED", { externalCallId: "a" }), app("CALL_COMPLETED", { externalCallId: "a" })],
      ],
      finds: ["warning: outgoingCall: createEngagement is null; expected boolean"],
      also: [
        'no-engagement: call "a" was completed, but it started without createEngagement: true, so it is not on the timeline',
      ],
    },
    {
      app: "sends NaN as the engagementId",
      steps: [running, app("CALL_ENDED", { externalCallId: "a", engagementId: Number.NaN })],
      finds: ["callEnded: engagementId is NaN; expected number"],
    },
    {
      app: "sends null for an optional field",
      steps: [app("INITIALIZED", { engagementId: null })],
      finds: ["warning: initialized: engagementId is null; expected number"],
    },
    {
      app: "sends invalid sizes",
      steps: [app("RESIZE_WIDGET", { width: -1, height: "650" })],
      finds: ["resizeWidget: width is -1; expected >=0", 'resizeWidget: height is "650"; expected number'],
    },
    {
      app: "sends an invalid URL",
      steps: [app("SET_WIDGET_URL", { iFrameUrl: "home" })],
      finds: ['setWidgetUrl: iFrameUrl is "home"; expected url'],
    },
    {
      app: "sends a status that HubSpot does not know",
      steps: [running, app("CALL_ENDED", { ...ids, callEndStatus: "DONE" })],
      finds: [`callEnded: callEndStatus is "DONE"; expected ${statuses}`],
    },
    {
      app: "sends a property that is not a string",
      steps: [over, app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_duration: 5000 } })],
      finds: ["warning: callCompleted: engagementProperties.hs_call_duration is 5000; expected string"],
    },
    {
      app: "sends a toNumber that is not a string alongside the deprecated phoneNumber",
      steps: [initialized, outgoing(call("a", { toNumber: 5, phoneNumber: to }))],
      finds: ["outgoingCall: toNumber is 5; expected string"],
      also: [phoneNumberIsDeprecated],
    },
    {
      app: "sends a number that no call has as the externalCallId",
      steps: [running, app("CALL_ANSWERED", { externalCallId: 5 })],
      finds: ["callAnswered: externalCallId is 5; expected string"],
    },
    {
      app: "ends a call, and sends an unknown engagementId as a string",
      steps: [running, answered, app("CALL_ENDED", { ...ids, engagementId: "8" })],
      finds: ['callEnded: engagementId is "8"; expected number'],
    },
    {
      app: "sends an object as the engagementId of a call that has no engagement",
      steps: [withoutEngagement, app("CALL_ENDED", { ...ids, engagementId: {} })],
      finds: ["callEnded: engagementId is {}; expected number"],
    },
  ],

  "unknown-field": [
    {
      app: "misspells a field in two messages",
      steps: [
        [running, answered, app("CALL_ENDED", { ...ids, callStatus: "COMPLETED" })],
        app("CALL_ENDED", { ...ids, callStatus: "COMPLETED" }),
      ],
      finds: ["callEnded: unknown field callStatus; did you mean callEndStatus?"],
      also: ['out-of-order: callEnded was sent for call "a" twice'],
    },
    {
      app: "sends only the last word of a field name",
      steps: [running, answered, app("CALL_ENDED", { ...ids, status: "COMPLETED" })],
      finds: ["callEnded: unknown field status; did you mean callEndStatus?"],
    },
    {
      app: "sends fields that resemble no known field",
      steps: [initialized, outgoing(call("a", { agentName: "Ada", x: 1 }))],
      finds: ["outgoingCall: unknown field agentName", "outgoingCall: unknown field x"],
    },
    {
      app: "spells externalCallId as some of HubSpot's documentation does",
      steps: [running, app("CALL_ANSWERED", { externalCallID: "a" })],
      finds: [],
      also: ["missing-field: callAnswered: externalCallId is missing; the message contains externalCallID instead"],
    },
    {
      app: "sends two hs_ properties that HubSpot does not define, and a custom property",
      steps: [
        over,
        app("CALL_COMPLETED", {
          ...ids,
          engagementProperties: { hs_call_recordingurl: "https://example.com/", hs_notes: "x", custom: "y" },
        }),
      ],
      finds: [
        "callCompleted: engagementProperties contains the unknown property hs_call_recordingurl; did you mean hs_call_recording_url?",
        "callCompleted: engagementProperties contains the unknown property hs_notes",
      ],
    },
    {
      app: "sends a number in an hs_ property that HubSpot does not define, in two messages",
      steps: [
        over,
        app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_notes: 5 } }),
        app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_notes: 5 } }),
      ],
      finds: ["callCompleted: engagementProperties contains the unknown property hs_notes"],
      also: ['out-of-order: callCompleted was sent for call "a" twice'],
    },
    {
      app: "sends READY's fields back, and sends arbitrary CALL_DATA",
      steps: [
        app("INITIALIZED", {
          isLoggedIn: true,
          portalId: 1,
          userId: 2,
          iframeLocation: "widget",
          usesCallingWindow: true,
        }),
        app("CALL_DATA", { any: "thing" }),
      ],
      finds: [],
    },
  ],

  "constant-name": [
    {
      app: "sends the name of a constant instead of its value",
      steps: [running, app("CALL_ENDED", { ...ids, callEndStatus: "INTERNAL_COMPLETED" })],
      finds: ['callEnded: callEndStatus is "INTERNAL_COMPLETED", the name of a constant; send the constant\'s value'],
    },
  ],

  "not-e164": [
    ...["8005550102", "+1 800 555 0102", "+08005550102", "+1800555010212345", "+", "", "anonymous"].map((toNumber) => ({
      app: `sends the number "${toNumber}"`,
      steps: [initialized, outgoing(call("a", { toNumber }))],
      finds: [`outgoingCall: toNumber is "${toNumber}"; expected E.164: + and up to 15 digits`],
    })),
    {
      app: "sends fromNumber and the deprecated phoneNumber in a format other than E.164",
      steps: [initialized, outgoing({ externalCallId: "a", fromNumber: "1", phoneNumber: "2" })],
      finds: [
        'outgoingCall: fromNumber is "1"; expected E.164: + and up to 15 digits',
        'outgoingCall: phoneNumber is "2"; expected E.164: + and up to 15 digits',
      ],
      also: [phoneNumberIsDeprecated],
    },
  ],

  deprecated: [
    {
      app: "sends the deprecated phoneNumber alongside toNumber",
      steps: [initialized, outgoing(call("a", { phoneNumber: to }))],
      finds: ["outgoingCall: phoneNumber is deprecated; send toNumber"],
    },
    {
      app: "calls the deprecated method publishToChannel",
      steps: [over, completed, app("PUBLISH_TO_CHANNEL", ids)],
      finds: ["publishToChannel is deprecated; call finalizeEngagement"],
    },
  ],

  "not-milliseconds": [
    {
      app: "sends a duration in seconds",
      steps: [
        running,
        app("CALL_ANSWERED", { externalCallId: "a" }, { at: 1000 }),
        app("CALL_ENDED", ids, { at: 6000 }),
        app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_duration: "5" } }),
      ],
      finds: [
        'callCompleted: hs_call_duration is "5", but callEnded was sent 5 seconds after callAnswered; the unit is milliseconds',
      ],
    },
    ...[[5, "; the unit is milliseconds"] as const, [0, ""] as const].map(([duration, hint]) => ({
      app: `reports the number ${duration} as the duration of a five-second call`,
      steps: [
        [running, app("CALL_ANSWERED", { externalCallId: "a" }, { at: 1000 }), app("CALL_ENDED", ids, { at: 6000 })],
        app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_duration: duration } }),
      ],
      finds: [
        `callCompleted: hs_call_duration is ${duration}, but callEnded was sent 5 seconds after callAnswered${hint}`,
      ],
    })),
    ...["12s", "0:12", "Infinity"].map((duration) => ({
      app: `sends the duration "${duration}", even for an unanswered call`,
      steps: [running, ended, app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_duration: duration } })],
      finds: [
        `callCompleted: hs_call_duration is "${duration}"; expected a number of milliseconds, for example "26000"`,
      ],
    })),
    ...["26000", "26000.5", " 26000 ", ""].map((duration) => ({
      app: `sends the duration "${duration}"`,
      steps: [running, ended, app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_duration: duration } })],
      finds: [],
    })),
    { app: "sends no duration", steps: [running, ended, completed], finds: [] },
  ],
};

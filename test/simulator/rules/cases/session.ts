import {
  app,
  call,
  closed,
  createdFor,
  frameGone,
  hubspot,
  initialized,
  outgoing,
  running,
  type Step,
  sdk,
  to,
  unknownEvent,
} from "../../../support/rule-steps.ts";
import type { Cases } from "./case.ts";

const secondAnswer: Step = ({ engine }) => engine.acknowledgedAgain();
const dial = hubspot("DIAL_NUMBER", { phoneNumber: to });
const { externalCallId: _, ...withoutId } = call();
const unnamed = app("OUTGOING_CALL_STARTED", withoutId);
const withoutIdReported = Array(2).fill("missing-field: warning: outgoingCall: externalCallId is missing");
const silentWindow = { silentFrame: "window" } as const;
const ids = { externalCallId: "a", engagementId: 7 };

export const session: Cases = {
  "not-logged-in": [
    ["before initialized", []],
    ["after initialized without isLoggedIn", [app("INITIALIZED", {})]],
    ["after userLoggedOut", [initialized, app("LOGGED_OUT")]],
    ["before initialized on a new page", [initialized, frameGone]],
  ].map(([when, before = []]) => ({
    app: `starts a call ${when}`,
    steps: typeof before === "string" ? [] : [before, outgoing],
    finds: ["outgoingCall was sent while the app reported no logged-in user"],
  })),

  "two-sdks": [
    {
      app: "answers SYNC twice and sends every message twice",
      steps: [
        [secondAnswer, initialized, initialized, dial],
        [outgoing, app("OUTGOING_CALL_STARTED", call("b")), createdFor("a", 7), createdFor("b", 8)],
        [app("CALL_ENDED", ids), app("CALL_ENDED", ids), closed],
      ],
      finds: ["the page answered SYNC twice, so it contains two SDKs"],
    },
    {
      app: "starts two calls after one DIAL_NUMBER",
      steps: [initialized, dial, outgoing, app("OUTGOING_CALL_STARTED", call("b"), { at: 400 })],
      finds: ["outgoingCall was sent twice after one DIAL_NUMBER or one click; the page probably contains two SDKs"],
    },
    {
      app: "starts two calls without an id after one DIAL_NUMBER",
      steps: [initialized, dial, unnamed, unnamed],
      finds: ["outgoingCall was sent twice after one DIAL_NUMBER or one click; the page probably contains two SDKs"],
      also: withoutIdReported,
    },
    {
      app: "reports one inbound call twice with different ids",
      steps: [initialized, app("INCOMING_CALL", call("a")), app("INCOMING_CALL", call("b"))],
      finds: ["incomingCall was sent twice for one inbound call; the page probably contains two SDKs"],
    },
    {
      app: "sends initialized twice, and never ends a call",
      steps: [initialized, initialized, outgoing, closed],
      finds: ["warning: initialized was sent twice by the same page"],
      also: ['never-ended: call "a" was started, but callEnded was not sent before the app was closed'],
    },
  ],

  "unseen-call": [
    {
      app: "reports an inbound call in a hidden widget",
      steps: [initialized, app("INCOMING_CALL", call(), { isHidden: true })],
      finds: ["incomingCall was sent while the widget was hidden"],
    },
    ...[[app("INITIALIZED", { isLoggedIn: true, isAvailable: false })], [initialized, app("USER_UNAVAILABLE")]].map(
      (steps) => ({
        app: `reports an inbound call after ${steps.length === 1 ? "isAvailable: false" : "userUnavailable"}`,
        steps: [...steps, app("INCOMING_CALL", call())],
        finds: ["incomingCall was sent while the user was not available for inbound calls"],
      }),
    ),
  ],

  "unhandled-event": [
    {
      app: "receives VISIBILITY_CHANGED twice, which its SDK does not know",
      steps: [unknownEvent("VISIBILITY_CHANGED"), unknownEvent("VISIBILITY_CHANGED")],
      finds: ["the app's SDK does not know VISIBILITY_CHANGED"],
    },
    {
      app: "has an SDK that does not know CREATE_ENGAGEMENT_SUCCEEDED, and so has no engagementId to send",
      steps: [
        running,
        unknownEvent("CREATE_ENGAGEMENT_SUCCEEDED"),
        app("CALL_ENDED", { externalCallId: "a", engagementId: 0 }),
      ],
      finds: [
        "the app's SDK does not know CREATE_ENGAGEMENT_SUCCEEDED; the app does not learn the engagementId, unless HubSpot also sends the deprecated ENGAGEMENT_CREATED",
      ],
    },
    {
      app: "has an SDK that knows ENGAGEMENT_CREATED, but not CREATE_ENGAGEMENT_SUCCEEDED",
      steps: [
        running,
        hubspot("ENGAGEMENT_CREATED", { engagementId: 7 }),
        unknownEvent("CREATE_ENGAGEMENT_SUCCEEDED"),
        app("CALL_ENDED", { externalCallId: "a" }),
      ],
      finds: ["the app's SDK does not know CREATE_ENGAGEMENT_SUCCEEDED"],
      also: ["missing-field: warning: callEnded: engagementId is missing"],
    },
  ],

  "old-sdk": [
    {
      app: "connects twice with SDK 0.0.11, which has no externalCallId",
      steps: [
        [sdk("0.0.11"), sdk("0.0.11"), initialized],
        [app("OUTGOING_CALL_STARTED", { phoneNumber: to, createEngagement: true }), createdFor("", 7)],
        [app("CALL_ANSWERED"), app("CALL_ENDED"), app("CALL_COMPLETED", { engagementId: 7 }), closed],
      ],
      finds: [`the app's SDK reports version "0.0.11"; features that it lacks are not checked`],
    },
    {
      app: "has SDK 0.1.12",
      steps: [sdk("0.1.12")],
      finds: [`the app's SDK reports version "0.1.12"; features that it lacks are not checked`],
    },
    {
      app: "has SDK 0.2.1, whose callAnswered has no payload",
      steps: [
        [sdk("0.2.1"), initialized],
        [app("OUTGOING_CALL_STARTED", { toNumber: to, fromNumber: to, createEngagement: true }), createdFor("", 7)],
        [app("CALL_ANSWERED"), app("CALL_ENDED", { engagementId: 7 }), app("CALL_COMPLETED", { engagementId: 7 })],
      ],
      finds: [`the app's SDK reports version "0.2.1"; features that it lacks are not checked`],
    },
    {
      app: "has SDK 0.0.6, which reports 0.0.1 and has no callCompleted",
      steps: [
        [sdk("0.0.1"), initialized],
        [app("OUTGOING_CALL_STARTED", { phoneNumber: to, createEngagement: true }), createdFor("", 7)],
        [app("CALL_ANSWERED"), app("CALL_ENDED"), closed],
      ],
      finds: [`the app's SDK reports version "0.0.1"; features that it lacks are not checked`],
    },
    {
      app: "has SDK 0.1.4, and omits the engagementId from callCompleted",
      steps: [
        [sdk("0.1.4"), initialized],
        [app("OUTGOING_CALL_STARTED", { phoneNumber: to, createEngagement: true }), createdFor("", 7)],
        [app("CALL_ENDED"), app("CALL_COMPLETED", { hideWidget: false })],
      ],
      finds: [`the app's SDK reports version "0.1.4"; features that it lacks are not checked`],
      also: ["missing-field: callCompleted: engagementId is missing"],
    },
  ],

  "remote-speaks": [
    {
      app: "starts a call in the remote while a calling window is in use",
      steps: [initialized, app("OUTGOING_CALL_STARTED", call(), { silentFrame: "remote" })],
      finds: ["the remote sent OUTGOING_CALL_STARTED"],
    },
  ],

  "window-speaks": [
    {
      app: "receives, answers and ends a call in a window that must be silent",
      steps: [
        [initialized, app("INCOMING_CALL", call(), silentWindow), createdFor("a", 7)],
        [app("CALL_ANSWERED", { externalCallId: "a" }, silentWindow), app("CALL_ENDED", ids, silentWindow)],
      ],
      finds: ["the window sent INCOMING_CALL"],
    },
  ],
};

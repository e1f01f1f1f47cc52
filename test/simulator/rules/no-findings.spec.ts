// Messages from correct apps, for which the engine reports no findings.
import { expect, test } from "@playwright/test";
import { outbound } from "../../../src/protocol/messages.ts";
import {
  answered,
  app,
  call,
  closed,
  completed,
  created,
  createdFor,
  ended,
  found,
  frameGone,
  from,
  hubspot,
  ids,
  initialized,
  objectCoordinates,
  onTimeline,
  outgoing,
  over,
  resumed,
  running,
  type Step,
  sdk,
  to,
  unknownEvent,
} from "../../support/rule-steps.ts";

const dial = hubspot("DIAL_NUMBER", { phoneNumber: to });
const failedToCreate = hubspot("CREATE_ENGAGEMENT_FAILED", { error: { message: "no" } });
const duration = (hs_call_duration: string) => ({ ...ids, engagementProperties: { hs_call_duration } });
/** A call with a reported and an actual duration in milliseconds. */
const timed = (reported: string, actualMs: number): Step[] => [
  ...[...running, app("CALL_ANSWERED", { externalCallId: "a" }, { at: 1000 })],
  ...[app("CALL_ENDED", ids, { at: 1000 + actualMs }), app("CALL_COMPLETED", duration(reported))],
];
const properties = { hs_timestamp: 1_790_000_000_000, hs_call_body: "Notes", hs_call_duration: "5000" };
const incoming = app("INCOMING_CALL", call("a", { callStartTime: 1_790_000_000_000 }));
const correct: [what: string, steps: Step[]][] = [
  [
    "an outbound call",
    [...over, app("CALL_COMPLETED", { ...ids, hideWidget: false, engagementProperties: properties })],
  ],
  [
    "an outbound call after a separate login",
    [app("INITIALIZED"), app("LOGGED_IN"), outgoing, created, ended, completed],
  ],
  ["an inbound call", [initialized, incoming, created, answered, ended, completed]],
  ...["CANCELED", "MISSED", "REJECTED", "NO_ANSWER", "BUSY"].map((callEndStatus): [string, Step[]] => [
    `an unanswered inbound call: ${callEndStatus}`,
    [initialized, app("USER_AVAILABLE"), incoming, created, app("CALL_ENDED", { ...ids, callEndStatus }), completed],
  ]),
  [
    "an inbound call during which the app opens the caller's record, which reloads the app",
    [
      ...[initialized, incoming, created],
      ...[app("NAVIGATE_TO_RECORD", { objectCoordinates, engagementId: 7 }), frameGone],
      ...[hubspot("READY", { portalId: 62515, engagementId: 7 })],
      ...[app("INITIALIZED", { isLoggedIn: true, engagementId: 7 }), answered, ended, completed],
    ],
  ],
  [
    "a second attempt after CREATE_ENGAGEMENT_FAILED",
    [initialized, outgoing, failedToCreate, outgoing, created, ended, completed],
  ],
  [
    "a call without an engagement",
    [initialized, app("INCOMING_CALL", call("a", { createEngagement: false })), answered],
  ],
  [
    "an undefined engagementId in initialized",
    [app("INITIALIZED", { isLoggedIn: true, engagementId: undefined }), outgoing],
  ],
  ["an engagementId as a string", [...over, app("CALL_COMPLETED", { ...ids, engagementId: "7" })]],
  ["an engagementId that HubSpot sends as a string", [initialized, outgoing, createdFor("a", 7, "7"), ended]],
  ["a transfer", [...running, app("CALL_TRANSFERRED", { externalCallId: "a" }), answered, ended, completed]],
  ["an engagement that is finalized after the call", [...over, completed, app("FINALIZE_ENGAGEMENT", ids)]],
  [
    "a second call after the first",
    [
      ...[
        ...over,
        completed,
        app("OUTGOING_CALL_STARTED", call("b")),
        onTimeline(8, "b"),
        hubspot("ENGAGEMENT_CREATED", { engagementId: 8 }),
      ],
      ...[app("CALL_ANSWERED", { externalCallId: "b" }), app("CALL_ENDED", { externalCallId: "b", engagementId: 8 })],
      app("CALL_COMPLETED", { externalCallId: "b", engagementId: 8 }),
    ],
  ],
  [
    "a call that an earlier page in this tab started",
    [...[onTimeline(7, "a"), resumed], ...[initialized, answered, ended, completed, closed]],
  ],
  [
    "a call that another tab started and this tab ends and completes",
    [onTimeline(7, "a"), initialized, answered, ended, completed, closed],
  ],
  [
    "finalizing the engagement of a call that another tab ended but has not completed yet",
    [onTimeline(7, "a", "ended"), initialized, app("FINALIZE_ENGAGEMENT", ids), closed],
  ],
  ["a call that another tab started and this tab only answers", [onTimeline(7, "a"), initialized, answered, closed]],
  [
    "a call that another tab ended and this tab completes",
    [...running, answered, onTimeline(7, "a", "ended"), completed, closed],
  ],
  ["a call that another tab ended and completed", [...running, answered, onTimeline(7, "a", "completed"), closed]],
  [
    "a call with an engagement from the REST API",
    [
      ...[initialized, app("OUTGOING_CALL_STARTED", call("a", { createEngagement: false })), answered],
      ...[onTimeline(7), ended, completed, closed],
    ],
  ],
  ["an engagement from the REST API for a call outside HubSpot", [onTimeline(7), ended, completed, closed]],
  ["a call that another page of the app resumes", [...running, frameGone, initialized, answered, ended, completed]],
  ["a call that another page of the app completes", [...over, frameGone, initialized, completed, closed]],
  [
    "callEnded without engagementId after CREATE_ENGAGEMENT_FAILED",
    [initialized, outgoing, failedToCreate, app("CALL_ENDED", { externalCallId: "a" })],
  ],
  [
    "callEnded without engagementId before HubSpot's reply",
    [initialized, outgoing, app("CALL_ENDED", { externalCallId: "a", engagementId: null })],
  ],
  [
    "callEnded without engagementId for a call without createEngagement",
    [
      ...[initialized, app("INCOMING_CALL", call("a", { createEngagement: false }))],
      app("CALL_ENDED", { externalCallId: "a", engagementId: 0 }),
    ],
  ],
  [
    "callCompleted without engagementId after CREATE_ENGAGEMENT_FAILED",
    [
      ...[initialized, outgoing, failedToCreate, app("CALL_ENDED", { externalCallId: "a", engagementId: undefined })],
      ...[app("CALL_COMPLETED", { externalCallId: "a", engagementId: 0 }), closed],
    ],
  ],
  ["an event unknown to both the SDK and the simulator", [unknownEvent("SOMETHING_NEW")]],
  [
    "RESIZE_WIDGET from a remote that must otherwise be silent",
    [app("RESIZE_WIDGET", { width: 1, height: 1 }, { silentFrame: "remote" })],
  ],
  [
    "a silent window that receives an event unknown to both the SDK and the simulator",
    [unknownEvent("SOMETHING_NEW", { silentFrame: "window" })],
  ],
  ["a duration in milliseconds", [...timed("1999", 2500), closed]],
  ["a short call with a short duration", [...timed("900", 2000), closed]],
  [
    "a call whose duration is unknown because callAnswered is missing",
    [...running, ended, app("CALL_COMPLETED", duration("5")), closed],
  ],
  [
    "two consecutive calls after two DIAL_NUMBER events",
    [
      initialized,
      dial,
      dial,
      outgoing,
      app("CALL_ENDED", { externalCallId: "a" }),
      app("CALL_COMPLETED", { externalCallId: "a" }),
      app("OUTGOING_CALL_STARTED", call("b")),
    ],
  ],
  ["a second initialized that reports a login", [app("INITIALIZED", { isLoggedIn: false }), initialized]],
  ["initialized on the next page", [initialized, frameGone, initialized]],
  [
    "an inbound call for a user who is available again",
    [app("INITIALIZED", { isLoggedIn: true, isAvailable: false }), app("USER_AVAILABLE"), app("INCOMING_CALL", call())],
  ],
  [
    "an inbound call in a hidden window",
    [initialized, app("INCOMING_CALL", call(), { isWidget: false, isHidden: true })],
  ],
  ["an outbound call from a hidden widget", [initialized, app("OUTGOING_CALL_STARTED", call(), { isHidden: true })]],
  [
    "a current or unknown SDK version",
    [sdk("0.9.7-beta.0"), sdk("0.9.0"), sdk("1.0.0"), sdk("10.1.0"), sdk("unknown")],
  ],
];
for (const [what, steps] of correct) {
  test(`reports nothing for ${what}`, () => {
    expect(found(...steps)).toEqual([]);
  });
}

const documented: [type: string, data?: unknown][] = [
  ["INITIALIZED", { isLoggedIn: false, isAvailable: true, engagementId: 7, sizeInfo: { width: 400, height: 650 } }],
  ["LOGGED_IN"],
  ["LOGGED_OUT"],
  ["USER_AVAILABLE"],
  ["USER_UNAVAILABLE"],
  ["INCOMING_CALL", call("b", { callStartTime: 1_790_000_000_000 })],
  ["OUTGOING_CALL_STARTED", { externalCallId: "b", fromNumber: from, toNumber: to }],
  ["CALL_ANSWERED", { externalCallId: "a" }],
  ["CALL_TRANSFERRED", { externalCallId: "a" }],
  ["CALL_ENDED", ids],
  ["FINALIZE_ENGAGEMENT", ids],
  ["NAVIGATE_TO_RECORD", { objectCoordinates }],
  ["NAVIGATE_TO_RECORD", { objectCoordinates: { ...objectCoordinates, objectTypeId: "0-2" }, openIn: "NEW_TAB" }],
  ["RESIZE_WIDGET", { width: 400, height: 650 }],
  ["SET_WIDGET_URL", { iFrameUrl: "https://localhost:9025/" }],
  ["ERROR", { message: "The microphone is blocked." }],
  ["ERROR", { type: "ERROR", message: "The microphone is blocked." }],
  ["ERROR", { type: "UNKNOWN_MESSAGE_TYPE", data: { originalMessage: {} } }],
  ["CALL_DATA"],
  ["CALL_DATA", ["anything"]],
];
const allProperties = {
  ...Object.fromEntries(
    ["body", "callee_object_id", "callee_object_type", "disposition", "duration", "from_number", "status", "title"].map(
      (name) => [`hs_call_${name}`, "1"],
    ),
  ),
  hs_timestamp: "1790000000000",
  hs_call_direction: "INBOUND",
  hs_call_recording_url: "https://example.com/recording",
  hs_call_source: "INTEGRATIONS_PLATFORM",
  hubspot_owner_id: "42",
  hs_activity_type: "Call",
};
const afterTheEnd: typeof documented = [
  ["CALL_COMPLETED", { ...ids, hideWidget: true, engagementProperties: allProperties }],
];

test("accepts a documented payload of every message type except PUBLISH_TO_CHANNEL", () => {
  for (const [type, data] of documented) {
    const before = type === "INCOMING_CALL" || type === "OUTGOING_CALL_STARTED" ? [...over, completed] : running;
    expect(found(...before, app(type, data)), type).toEqual([]);
  }
  for (const [type, data] of afterTheEnd) expect(found(...over, app(type, data)), type).toEqual([]);
  const types = [...documented, ...afterTheEnd].map(([type]) => type);
  expect(new Set([...types, "PUBLISH_TO_CHANNEL"]), "only the deprecated PUBLISH_TO_CHANNEL is missing").toEqual(
    new Set(Object.keys(outbound)),
  );
});

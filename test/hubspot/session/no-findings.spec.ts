// What a correct app sends: the contract has nothing to say of it.
import { expect, test } from "@playwright/test";
import { outbound } from "../../../src/protocol/messages.ts";
import {
  answered,
  app,
  call,
  completed,
  created,
  ended,
  found,
  frameGone,
  hubspot,
  ids,
  initialized,
  objectCoordinates,
  outgoing,
  over,
  running,
  type Step,
  to,
} from "./contract-steps.ts";

const failedToCreate = hubspot("CREATE_ENGAGEMENT_FAILED", { error: { message: "no" } });
const properties = { hs_timestamp: 1_790_000_000_000, hs_call_body: "Notes", hs_call_duration: "5000" };
const incoming = app("INCOMING_CALL", call("a", { callStartTime: 1_790_000_000_000 }));
const right: [what: string, steps: Step[]][] = [
  [
    "an outbound call",
    [...over, app("CALL_COMPLETED", { ...ids, hideWidget: false, engagementProperties: properties })],
  ],
  [
    "an outbound call of an app that logs in later",
    [app("INITIALIZED"), app("LOGGED_IN"), outgoing, created, ended, completed],
  ],
  ["an inbound call", [initialized, incoming, created, answered, ended, completed]],
  ...["CANCELED", "MISSED", "REJECTED", "NO_ANSWER", "BUSY"].map((callEndStatus): [string, Step[]] => [
    `an inbound call that nobody answers: ${callEndStatus}`,
    [initialized, app("USER_AVAILABLE"), incoming, created, app("CALL_ENDED", { ...ids, callEndStatus }), completed],
  ]),
  [
    "an inbound call that goes to the caller's record, whose page loads the app anew",
    [
      ...[initialized, incoming, created],
      ...[app("NAVIGATE_TO_RECORD", { objectCoordinates, engagementId: 7 }), frameGone],
      ...[hubspot("READY", { portalId: 62515, engagementId: 7 })],
      ...[app("INITIALIZED", { isLoggedIn: true, engagementId: 7 }), answered, ended, completed],
    ],
  ],
  [
    "an engagement that failed and is tried again",
    [initialized, outgoing, failedToCreate, outgoing, created, ended, completed],
  ],
  [
    "a call without an engagement",
    [initialized, app("INCOMING_CALL", call("a", { createEngagement: false })), answered],
  ],
  [
    "fields that are there, but undefined",
    [
      app("INITIALIZED", { isLoggedIn: true, engagementId: undefined, sizeInfo: undefined }),
      app("OUTGOING_CALL_STARTED", call("a", { callStartTime: undefined, phoneNumber: undefined })),
      ...[created, answered, app("CALL_ENDED", { ...ids, callEndStatus: undefined })],
      app("CALL_COMPLETED", { ...ids, engagementId: undefined, engagementProperties: { hs_call_body: undefined } }),
    ],
  ],
  ["an id of digits as text", [...over, app("CALL_COMPLETED", { ...ids, engagementId: "7" })]],
  [
    "an id that HubSpot names as text",
    [initialized, outgoing, hubspot("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: "7" }), ended],
  ],
  ["a transfer", [...running, app("CALL_TRANSFERRED", { externalCallId: "a" }), answered, ended, completed]],
  [
    "an engagement made final when the call is over",
    [...over, completed, app("FINALIZE_ENGAGEMENT", ids), app("PUBLISH_TO_CHANNEL", ids)],
  ],
  [
    "a second call after the first",
    [
      ...[
        ...over,
        completed,
        app("OUTGOING_CALL_STARTED", call("b")),
        hubspot("ENGAGEMENT_CREATED", { engagementId: 8 }),
      ],
      ...[app("CALL_ANSWERED", { externalCallId: "b" }), app("CALL_ENDED", { externalCallId: "b", engagementId: 8 })],
      app("CALL_COMPLETED", { externalCallId: "b", engagementId: 8 }),
    ],
  ],
  ["a second call while the first runs", [...running, answered, app("INCOMING_CALL", call("b")), ended, completed]],
  [
    "a call that an earlier page began",
    [(contract) => contract.callExists("a", "started", 7), initialized, answered, ended, completed],
  ],
  [
    "a remote that resizes itself",
    [
      (contract) =>
        contract.appSent({ at: 0, from: "app", type: "RESIZE_WIDGET", data: { width: 1, height: 1 } }, true),
    ],
  ],
];
for (const [what, steps] of right) {
  test(`right: ${what}`, () => {
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
  ["OUTGOING_CALL_STARTED", { externalCallId: "b", toNumber: to }],
  ["CALL_ANSWERED", { externalCallId: "a" }],
  ["CALL_TRANSFERRED", { externalCallId: "a" }],
  ["CALL_ENDED", ids],
  ["FINALIZE_ENGAGEMENT", ids],
  ["PUBLISH_TO_CHANNEL", ids],
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

test("every payload as it is documented passes", () => {
  for (const [type, data] of documented) expect(found(...running, app(type, data)), type).toEqual([]);
  for (const [type, data] of afterTheEnd) expect(found(...over, app(type, data)), type).toEqual([]);
  const types = [...documented, ...afterTheEnd].map(([type]) => type);
  expect(new Set(types)).toEqual(new Set(Object.keys(outbound)));
});

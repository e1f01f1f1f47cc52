// Payloads that are wrong, by themselves and for their call, and all that is found in them.
import { expect } from "@playwright/test";
import type { Wrong } from "./rule-cases-calls.ts";
import { app, call, completed, ids, initialized, over, running, sdk, to } from "./rule-steps.ts";

const unasked = [initialized, app("OUTGOING_CALL_STARTED", call("a", { createEngagement: false }))];

export const wrongPayloads: Wrong[] = [
  [
    "a call without its numbers and its id",
    [initialized, app("OUTGOING_CALL_STARTED")],
    [
      "missing-field: outgoingCall: externalCallId is missing",
      "missing-field: outgoingCall: fromNumber is missing",
      "missing-field: outgoingCall: toNumber is missing",
    ],
  ],
  [
    "a field that is there, but undefined",
    [...running, app("CALL_ANSWERED", { externalCallId: undefined })],
    ["wrong-type: callAnswered: externalCallId is there, but undefined; expected string"],
  ],
  [
    "a constant that the SDK does not have",
    [...running, app("CALL_ENDED", { ...ids, callEndStatus: undefined })],
    [expect.stringMatching(/^wrong-type: callEnded: callEndStatus is there, but undefined; expected .*"MISSED"/)],
  ],
  [
    "an undefined field in a field",
    [...over, app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_body: undefined } })],
    ["wrong-type: callCompleted: engagementProperties.hs_call_body is there, but undefined; expected string"],
  ],
  [
    "a start that is no object",
    [initialized, app("OUTGOING_CALL_STARTED", "a")],
    ['wrong-type: outgoingCall: data is "a"; expected Object'],
  ],
  [
    "a field missing in a field",
    [app("INITIALIZED", { sizeInfo: { width: 400 } })],
    ["missing-field: initialized: sizeInfo.height is missing"],
  ],
  ["an error without its words", [app("ERROR", {})], ["missing-field: sendError: message is missing"]],
  [
    "text for a truth value",
    [app("INITIALIZED", { isLoggedIn: "true" })],
    ['wrong-type: initialized: isLoggedIn is "true"; expected boolean'],
  ],
  [
    "an engagement's id that is none",
    [...running, app("CALL_ENDED", { externalCallId: "a", engagementId: Number.NaN })],
    ["wrong-type: callEnded: engagementId is NaN; expected number"],
  ],
  [
    "null, which is not the same as left out",
    [app("INITIALIZED", { engagementId: null })],
    ["wrong-type: initialized: engagementId is null; expected number"],
  ],
  [
    "a size that is none",
    [app("RESIZE_WIDGET", { width: -1, height: "650" })],
    [
      "wrong-type: resizeWidget: width is -1; expected >=0",
      'wrong-type: resizeWidget: height is "650"; expected number',
    ],
  ],
  [
    "a URL that is none",
    [app("SET_WIDGET_URL", { iFrameUrl: "home" })],
    ['wrong-type: setWidgetUrl: iFrameUrl is "home"; expected url'],
  ],
  [
    "an end status that HubSpot does not know",
    [...running, app("CALL_ENDED", { ...ids, callEndStatus: "DONE" })],
    [expect.stringMatching(/^wrong-type: callEnded: callEndStatus is "DONE"; expected .*"MISSED"/)],
  ],
  [
    "a property that is no text",
    [...over, app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_duration: 5000 } })],
    ["wrong-type: callCompleted: engagementProperties.hs_call_duration is 5000; expected string"],
  ],
  [
    "a payload that is no object",
    [...running, app("CALL_ANSWERED", "a")],
    ['wrong-type: callAnswered: data is "a"; expected Object'],
  ],
  ...["8005550102", "+1 800 555 0102", "+08005550102", "+1800555010212345", "+", "", "anonymous"].map(
    (toNumber): Wrong => [
      `the number "${toNumber}"`,
      [initialized, app("OUTGOING_CALL_STARTED", call("a", { toNumber }))],
      [`not-e164: outgoingCall: toNumber is "${toNumber}"; E.164 is + and up to 15 digits`],
    ],
  ),
  [
    "the deprecated field's number and the caller's",
    [initialized, app("OUTGOING_CALL_STARTED", { externalCallId: "a", fromNumber: "1", phoneNumber: "2" })],
    [
      'not-e164: outgoingCall: fromNumber is "1"; E.164 is + and up to 15 digits',
      'not-e164: outgoingCall: phoneNumber is "2"; E.164 is + and up to 15 digits',
      expect.stringMatching(/^deprecated: outgoingCall: phoneNumber is deprecated/),
    ],
  ],
  [
    "the deprecated field beside the one that replaced it",
    [initialized, app("OUTGOING_CALL_STARTED", call("a", { phoneNumber: to }))],
    [expect.stringMatching(/^deprecated: outgoingCall: phoneNumber is deprecated/)],
  ],
  [
    "the deprecated method",
    [...over, completed, app("PUBLISH_TO_CHANNEL", ids)],
    ["deprecated: publishToChannel is deprecated for finalizeEngagement"],
  ],
  [
    "the constant's name",
    [...running, app("CALL_ENDED", { ...ids, callEndStatus: "INTERNAL_COMPLETED" })],
    ['constant-name: callEnded: callEndStatus is "INTERNAL_COMPLETED", the name of a constant; send its value'],
  ],
  [
    "a number that is none beside the deprecated one",
    [initialized, app("OUTGOING_CALL_STARTED", call("a", { toNumber: 5, phoneNumber: to }))],
    [
      "wrong-type: outgoingCall: toNumber is 5; expected string",
      expect.stringMatching(/^deprecated: outgoingCall: phoneNumber is deprecated/),
    ],
  ],
  [
    "a field that SDKs of 2023 had too",
    [sdk("0.1.0"), app("RESIZE_WIDGET", { width: 1 })],
    [expect.stringMatching(/^old-sdk/), "missing-field: resizeWidget: height is missing"],
  ],
  ...[undefined, null, 0, "", Number.NaN].map((engagementId): Wrong => {
    const none = { externalCallId: "a", ...(engagementId !== undefined && { engagementId }) };
    return [
      `no more than that a call has no engagement, with ${engagementId === "" ? "nothing" : engagementId} for it`,
      [...unasked, app("CALL_ENDED", { ...none, callEndStatus: "COMPLETED" }), app("CALL_COMPLETED", none)],
      [expect.stringMatching(/^no-engagement: callCompleted/)],
    ];
  }),
  [
    "an engagement of no number, in a call that has none",
    [...unasked, app("CALL_ENDED", { ...ids, engagementId: {} })],
    ["wrong-type: callEnded: engagementId is {}; expected number"],
  ],
  [
    "an engagement that is made final without its id",
    [...unasked, app("FINALIZE_ENGAGEMENT", { externalCallId: "a" })],
    ["missing-field: finalizeEngagement: engagementId is missing"],
  ],
];

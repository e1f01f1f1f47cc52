import { expect, test } from "@playwright/test";
import { rules } from "../../../src/hubspot/session/rules.ts";
import { outbound } from "../../../src/protocol/messages.ts";
import {
  answered,
  app,
  call,
  closed,
  completed,
  ended,
  findings,
  found,
  frameGone,
  hubspot,
  ids,
  initialized,
  outgoing,
  over,
  rulesOf,
  running,
  type Step,
  to,
} from "./contract-steps.ts";
import { type Wrong, wrongCalls } from "./wrong-calls.ts";

const { externalCallId: _, ...unnamed } = call();
const incoming = (fields: object) => app("INCOMING_CALL", { ...unnamed, ...fields });
const started = (fields: object) => app("OUTGOING_CALL_STARTED", { toNumber: to, ...fields });
const unknownEvent = (type: string) =>
  app("ERROR", { type: "UNKNOWN_MESSAGE_TYPE", data: { originalMessage: { type } } });

/** What the app did wrong, and all that is found. */
const wrong: Wrong[] = [
  ["a type that the SDK lacks", [app("DIAL", {})], ['unknown-type: "DIAL" is no message of the SDK']],
  ["an event of HubSpot's", [app("DIAL_NUMBER", {})], ['unknown-type: "DIAL_NUMBER" is no message of the SDK']],
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
    "an answer to no call",
    [...running, app("CALL_ANSWERED", { externalCallId: "b" })],
    ['unknown-call: callAnswered: no call has the externalCallId "b"'],
  ],
  ...["CALL_ENDED", "CALL_COMPLETED", "FINALIZE_ENGAGEMENT"].map(
    (type): Wrong => [
      `${type} of no engagement`,
      [...running, answered, ...(type === "CALL_COMPLETED" ? [ended] : []), app(type, { ...ids, engagementId: 8 })],
      [expect.stringMatching(/^unknown-call: [a-zA-Z]+: no call has the engagementId 8$/)],
    ],
  ),
  [
    "an engagement made final for no call",
    [...running, app("FINALIZE_ENGAGEMENT", { ...ids, externalCallId: "b" })],
    ['unknown-call: finalizeEngagement: no call has the externalCallId "b"'],
  ],
  [
    "a call that was never completed before the next",
    [...over, app("INCOMING_CALL", call("b"))],
    ['ghost-call: callCompleted did not come for "a"; it was ended, not completed, when incomingCall started the next'],
  ],
  [
    "a second engagement for a call",
    [...running, outgoing],
    ['duplicate-engagement: outgoingCall: "a" has an engagement, and asks for another'],
  ],
  [
    "a second engagement for a call, after a start that asked for none",
    [...running, app("OUTGOING_CALL_STARTED", call("a", { createEngagement: false })), outgoing],
    ['duplicate-engagement: outgoingCall: "a" has an engagement, and asks for another'],
  ],
  [
    "a second engagement for a call that is over",
    [...over, completed, app("INCOMING_CALL", call())],
    ['duplicate-engagement: incomingCall: "a" has an engagement, and asks for another'],
  ],
  [
    "an answer after the end, which does not undo it",
    [...over, answered, completed],
    ['out-of-order: callAnswered: "a" was answered after the end'],
  ],
  ["two answers", [...running, answered, answered], ['out-of-order: callAnswered: "a" was answered twice']],
  ["two ends", [...over, ended], ['out-of-order: callEnded: "a" was ended twice']],
  [
    "an end after completion",
    [...over, completed, ended],
    ['out-of-order: callEnded: "a" was ended after it was completed'],
  ],
  [
    "a transfer after the end",
    [...over, app("CALL_TRANSFERRED", { externalCallId: "a" })],
    ['out-of-order: callTransferred: "a" was transferred after the end'],
  ],
  [
    "completion before the end, told once",
    [...running, answered, completed, ended],
    ['out-of-order: callCompleted: "a" was completed before it ended'],
  ],
  ["two completions", [...over, completed, completed], ['out-of-order: callCompleted: "a" was completed twice']],
  ...Object.entries({
    "before initialized": [],
    "after initialized without isLoggedIn": [app("INITIALIZED", {})],
    "after userLoggedOut": [initialized, app("LOGGED_OUT")],
    "on a new page": [initialized, frameGone],
  }).map(
    ([when, before]): Wrong => [
      `a call ${when}`,
      [...before, outgoing],
      ["not-logged-in: outgoingCall: before initialized with isLoggedIn, or userLoggedIn"],
    ],
  ),
];
for (const [what, steps, finds] of [...wrong, ...wrongCalls]) {
  test(`wrong: ${what}`, () => {
    expect(found(...steps)).toEqual(finds);
  });
}

const gravities: [what: string, steps: Step[], finds: string[]][] = [
  ["a field that the pages do not ask for", [initialized, incoming({})], ["warning missing-field"]],
  ["a field that the types do not ask for", [initialized, started({ externalCallId: "a" })], ["warning missing-field"]],
  ["an id that another makes good", [...running, app("CALL_ENDED", { engagementId: 7 })], ["warning missing-field"]],
  ["an id that nothing makes good", [...running, app("CALL_ANSWERED", {})], ["error missing-field"]],
  [
    "a field that is undefined",
    [...running, app("CALL_ENDED", { ...ids, callEndStatus: undefined })],
    ["error wrong-type"],
  ],
  ["an event unknown", [unknownEvent("END_CALL")], ["warning unhandled-event"]],
  ["the engagement unknown", [...running, unknownEvent("CREATE_ENGAGEMENT_SUCCEEDED")], ["error unhandled-event"]],
  ["a deprecated field", [initialized, started({ ...call(), phoneNumber: to })], ["warning deprecated"]],
  ["a call lost", [...over, closed], ["error ghost-call"]],
];
for (const [what, steps, finds] of gravities) {
  test(`how much it matters: ${what}`, () => expect(rulesOf(...steps)).toEqual(finds));
}

test("where types and pages disagree, the finding names both", () => {
  for (const [missing] of [
    findings(initialized, incoming({})),
    findings(initialized, started({ externalCallId: "a" })),
  ]) {
    expect(missing?.source).toMatch(/types of SDK 0\.9\.7/);
    expect(missing?.source).toMatch(/vendor's page/);
  }
});

test("a finding is about the message that shows it: of a call that is not over, the last one that came", () => {
  const about = (...steps: Step[]) => findings(...steps).map(({ about }) => about?.type);
  expect(about(...over, ended)).toEqual(["CALL_ENDED"]);
  expect(about(...over, app("OUTGOING_CALL_STARTED", call("b")))).toEqual(["CALL_ENDED"]);
  expect(about(...running, closed)).toEqual(["OUTGOING_CALL_STARTED"]);
  expect(about(({ contract }) => contract.report("no-answer", "nothing came"))).toEqual([undefined]);
});

test("each rule that messages can break is broken above", () => {
  const broken = [...wrong, ...wrongCalls].flatMap(([, steps]) => findings(...steps).map(({ rule }) => rule));
  const seenByTheSession = ["not-initialized", "no-answer", "too-large"];
  expect(new Set([...broken, ...seenByTheSession])).toEqual(new Set(Object.keys(rules)));
});

test("a finding says where its rule comes from: of a field, the source of that payload", () => {
  const [missing] = findings(app("RESIZE_WIDGET", { width: 1 }));
  expect(missing?.source).toBe(outbound.RESIZE_WIDGET.source);
  const [mistyped] = findings(app("CALL_TRANSFERRED", { externalCallId: 1 }));
  expect(mistyped?.source).toBe(outbound.CALL_TRANSFERRED.source);
  const [late] = findings(outgoing);
  expect(late?.source).toBe(rules["not-logged-in"].source);
  const [timed] = findings(({ contract }) => contract.report("no-answer", "nothing came"));
  expect(timed).toEqual({ rule: "no-answer", message: "nothing came", ...rules["no-answer"] });
});

test("whatever a page sends, the contract does not throw, and its findings stay short", () => {
  const cycle: { [name: string]: unknown } = { externalCallId: "a" };
  cycle.engagementId = cycle;
  cycle.engagementProperties = cycle;
  const huge = "x".repeat(1_000_000);
  const unprintable = { toString: 1, valueOf: 1 };
  const values: unknown[] = [
    null,
    undefined,
    0,
    Number.NaN,
    1n,
    "",
    huge,
    "INTERNAL_X",
    [],
    [[1n]],
    {},
    cycle,
    unprintable,
  ];
  values.push(JSON.parse('{"__proto__": {"externalCallId": "a"}, "constructor": 1}'), new Date(Number.NaN), new Map());
  values.push(
    JSON.parse(`${"[".repeat(5000)}${"]".repeat(5000)}`),
    JSON.parse(`${'{"a":'.repeat(5000)}1${"}".repeat(5000)}`),
  );
  const fields = [
    "externalCallId",
    "engagementId",
    "toNumber",
    "engagementProperties",
    "createEngagement",
    "__proto__",
  ];
  const payloads = [
    ...values,
    ...fields.flatMap((name) => values.map((value) => ({ ...ids, ...call(), [name]: value }))),
  ];
  for (const type of [...Object.keys(outbound), "__proto__", "constructor", "toString", "", huge]) {
    const steps = payloads.flatMap((data) => [app(type, data), hubspot(type, data)]);
    for (const message of found(...steps)) expect(message.length).toBeLessThan(300);
  }
});

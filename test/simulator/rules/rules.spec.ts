import { expect, test } from "@playwright/test";
import { outbound } from "../../../src/protocol/messages.ts";
import { rules } from "../../../src/simulator/rules/rules.ts";
import { type Wrong, wrongCalls } from "../../support/rule-cases-calls.ts";
import { wrongPayloads } from "../../support/rule-cases-payloads.ts";
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
  isCalling,
  outgoing,
  over,
  rulesOf,
  running,
  type Step,
} from "../../support/rule-steps.ts";

const unknownEvent = (type: string) =>
  app("ERROR", { type: "UNKNOWN_MESSAGE_TYPE", data: { originalMessage: { type } } });

/** What the app did wrong, and all that is found. */
const wrong: Wrong[] = [
  ["a type that the SDK lacks", [app("DIAL", {})], ['unknown-type: "DIAL" is no message of the SDK']],
  ["an event of HubSpot's", [app("DIAL_NUMBER", {})], ['unknown-type: "DIAL_NUMBER" is no message of the SDK']],
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
  ["an event unknown", [unknownEvent("END_CALL")], ["warning unhandled-event"]],
  ["the engagement unknown", [...running, unknownEvent("CREATE_ENGAGEMENT_SUCCEEDED")], ["error unhandled-event"]],
  ["a call lost", [...over, closed], ["error ghost-call"]],
];
for (const [what, steps, finds] of gravities) {
  test(`how much it matters: ${what}`, () => expect(rulesOf(...steps)).toEqual(finds));
}

test("a finding is about the message that shows it: of a call that is not over, the last one that came", () => {
  const about = (...steps: Step[]) => findings(...steps).map(({ about }) => about?.type);
  expect(about(...over, ended)).toEqual(["CALL_ENDED"]);
  expect(about(...over, app("OUTGOING_CALL_STARTED", call("b")))).toEqual(["CALL_ENDED"]);
  expect(about(...running, closed)).toEqual(["OUTGOING_CALL_STARTED"]);
  expect(about(({ contract }) => contract.report("no-answer", "nothing came"))).toEqual([undefined]);
});

test("each rule that messages can break is broken here or by a payload", () => {
  const broken = [...wrong, ...wrongCalls, ...wrongPayloads].flatMap(([, steps]) =>
    findings(...steps).map(({ rule }) => rule),
  );
  const seenByTheSession = ["not-initialized", "no-answer", "too-large"];
  expect(new Set([...broken, ...seenByTheSession])).toEqual(new Set(Object.keys(rules)));
});

test("a finding says where its rule comes from", () => {
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

test("a call without a name whose engagement failed runs no more when the next begins, or the app is closed", () => {
  const nameless = app("OUTGOING_CALL_STARTED", call(""));
  const failed = [initialized, nameless, hubspot("CREATE_ENGAGEMENT_FAILED", { error: { message: "no" } })];
  expect(isCalling(...failed)).toBe(true);
  expect(isCalling(...failed, closed)).toBe(false);
  expect(isCalling(...failed, nameless, app("CALL_ENDED", {}))).toBe(false);
});

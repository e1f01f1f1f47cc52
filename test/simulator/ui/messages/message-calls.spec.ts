import { expect, test } from "@playwright/test";
import type { Engagement } from "../../../../src/simulator/calls/engagement.ts";
import type { Message } from "../../../../src/simulator/calls/message.ts";
import { MessageCalls, namesOf } from "../../../../src/simulator/ui/messages/message-calls.ts";

type Step = [from: Message["from"], type: string, data?: object];

const engagement: Engagement = {
  engagementId: 1001,
  externalCallId: "a",
  direction: "OUTBOUND",
  state: "created",
  properties: { hs_call_to_number: "+18005550151" },
  createdAt: 0,
  record: { objectTypeId: "0-1", objectId: 51 },
  ghost: false,
  duplicate: false,
};
const engagementOf = (id: number) => [engagement].find(({ engagementId }) => engagementId === id);
const numbers = { fromNumber: "+18005550101", toNumber: "+18005550151" };

/** Names each message's call by its order, from 1. "-" stands for no call. */
function callsOf(steps: readonly Step[], calls = new MessageCalls(engagementOf)): string {
  const seen: unknown[] = [undefined];
  return steps
    .map(([from, type, data]) => {
      const call = calls.callOf({ at: 0, from, type, ...(data && { data }) });
      if (!seen.includes(call)) seen.push(call);
      return seen.indexOf(call) || "-";
    })
    .join(" ");
}

const outgoing = (externalCallId: string): Step => ["app", "OUTGOING_CALL_STARTED", { externalCallId, ...numbers }];
const incoming = (externalCallId: string): Step => ["app", "INCOMING_CALL", { externalCallId, ...numbers }];

const cases: Record<string, { steps: Step[]; expected: string }> = {
  "assigns messages by externalCallId": {
    steps: [
      outgoing("a"),
      incoming("b"),
      ["app", "CALL_ANSWERED", { externalCallId: "a" }],
      ["app", "CALL_ENDED", { externalCallId: "b" }],
    ],
    expected: "1 2 1 2",
  },
  "assigns messages by engagementId, which the timeline connects with the call": {
    steps: [
      outgoing("a"),
      incoming("b"),
      ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 1001 }],
      ["app", "NAVIGATE_TO_RECORD", { engagementId: "1001" }],
      ["hubspot", "READY", { engagementId: 1001 }],
    ],
    expected: "1 2 1 1 1",
  },
  "assigns an engagement that is not on the timeline to the call that started last": {
    steps: [
      outgoing("x"),
      incoming("y"),
      ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 7 }],
      ["app", "CALL_COMPLETED", { engagementId: 7 }],
    ],
    expected: "1 2 2 2",
  },
  "assigns events without ids to the call that they reply to": {
    steps: [
      incoming("a"),
      outgoing("b"),
      ["hubspot", "CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches: [] }],
      ["hubspot", "CREATE_ENGAGEMENT_FAILED", {}],
      ["app", "CALL_COMPLETED", { externalCallId: "a" }],
      ["hubspot", "UPDATE_ENGAGEMENT_FAILED", {}],
    ],
    expected: "1 2 1 2 1 1",
  },
  "assigns DIAL_NUMBER to the call that the app starts next": {
    steps: [
      ["hubspot", "DIAL_NUMBER", { phoneNumber: "+18005550151" }],
      ["hubspot", "DIAL_NUMBER", { phoneNumber: "+18005550151" }],
      incoming("b"),
      outgoing("a"),
      ["hubspot", "DIAL_NUMBER", { phoneNumber: "+18005550151" }],
    ],
    expected: "1 1 2 1 3",
  },
  "assigns END_CALL without ids to the only call in progress": {
    steps: [
      outgoing("a"),
      ["app", "CALL_ENDED", { externalCallId: "a" }],
      incoming("b"),
      ["hubspot", "END_CALL"],
      outgoing("c"),
      ["hubspot", "END_CALL"],
      ["hubspot", "END_CALL", { externalCallId: "c" }],
    ],
    expected: "1 1 2 2 3 - 3",
  },
  "assigns the app's messages without ids to the last call": {
    steps: [
      ["app", "OUTGOING_CALL_STARTED"],
      ["app", "CALL_ENDED"],
      ["app", "OUTGOING_CALL_STARTED"],
      ["app", "CALL_ANSWERED"],
    ],
    expected: "1 1 2 2",
  },
  "does not merge two calls when the app confuses their ids": {
    steps: [
      outgoing("a"),
      ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 1001 }],
      incoming("b"),
      ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 1002 }],
      ["app", "CALL_ENDED", { externalCallId: "a", engagementId: 1002 }],
      ["app", "CALL_ENDED", { engagementId: 1002 }],
    ],
    expected: "1 1 2 2 1 2",
  },
  "assigns a start with the id of a call that has ended to a new call": {
    steps: [
      outgoing("a"),
      ["app", "CALL_ENDED", { externalCallId: "a" }],
      ["hubspot", "DIAL_NUMBER", { phoneNumber: "+18005550151" }],
      outgoing("a"),
      outgoing("a"),
      ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 1001 }],
      ["app", "CALL_ENDED", { externalCallId: "a" }],
    ],
    expected: "1 1 2 2 2 2 2",
  },
  "prefers the call that has both ids": {
    steps: [
      outgoing("a"),
      ["hubspot", "CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 7 }],
      ["app", "CALL_ENDED", { externalCallId: "a", engagementId: 7 }],
      outgoing("a"),
      ["app", "CALL_COMPLETED", { externalCallId: "a", engagementId: 7 }],
    ],
    expected: "1 1 1 2 1",
  },
  "assigns other messages to no call": {
    steps: [outgoing("a"), ["app", "USER_AVAILABLE"], ["hubspot", "VISIBILITY_CHANGED", {}], ["app", "constructor"]],
    expected: "1 - - -",
  },
};
for (const [title, { steps, expected }] of Object.entries(cases)) {
  test(title, () => expect(callsOf(steps)).toBe(expected));
}

test("names a call after its record, or after its number if it has no engagement", () => {
  const calls = new MessageCalls(engagementOf);
  const names = ([from, type, data]: Step) => {
    const call = calls.callOf({ at: 0, from, type, ...(data && { data }) });
    return call && namesOf(call, engagementOf, ({ objectId }) => `record ${objectId}`);
  };
  expect(names(incoming("b"))).toEqual({ name: "+18005550101", number: "+18005550101", ids: ["b"] });
  expect(names(["app", "INCOMING_CALL"])).toEqual({ name: "unknown number", number: "", ids: [] });
  expect(names(["hubspot", "READY", { engagementId: 1001 }])).toEqual({
    name: "record 51",
    number: "+18005550151",
    ids: ["1001", "a"],
  });
});

test("keeps at most 1000 calls, and none after clear()", () => {
  const calls = new MessageCalls(engagementOf);
  for (let n = 0; n < 1500; n++)
    calls.callOf({ at: 0, from: "app", type: "INCOMING_CALL", data: { externalCallId: n } });
  expect(calls.count).toBe(1000);
  calls.clear();
  expect(calls.count).toBe(0);
});

import { expect, test } from "@playwright/test";
import * as v from "valibot";
import { fieldsOf } from "../../../src/protocol/fields.ts";
import { isMessageType, type MessageType } from "../../../src/protocol/message-types.ts";
import { inbound, outbound } from "../../../src/protocol/messages.ts";
import { callersOf } from "../../../src/simulator/crm/crm-records.ts";
import {
  type CrmForReplies,
  type Effect,
  effectsOf,
  type ReplyMode,
  replies,
} from "../../../src/simulator/crm/replies.ts";
import { sampleRecords } from "../../../src/simulator/crm/sample-records.ts";

/** Creates a CRM that records calls to its functions. */
function createCrm(sendsDeprecated = false) {
  const calls: unknown[][] = [];
  const crm: CrmForReplies = {
    callersOf(number) {
      calls.push(["callersOf", number]);
      return callersOf(sampleRecords, number, 62515);
    },
    createEngagement(type, { externalCallId }) {
      calls.push(["createEngagement", type, externalCallId]);
      return 4711;
    },
    engagementOf: ({ engagementId, externalCallId }) => {
      const isKnown =
        engagementId === undefined ? externalCallId === "a" : [4711, "4711"].some((id) => id === engagementId);
      return isKnown ? 4711 : undefined;
    },
    isReplayed: () => false,
    mergeProperties: (...all) => calls.push(["mergeProperties", ...all]),
    recordAt: ({ objectId }) => (objectId === 51 ? { objectId, objectTypeId: "0-1" } : undefined),
    sendsDeprecated,
  };
  return { crm, calls };
}

const ids = { externalCallId: "a", engagementId: 4711 };
const numbers = { externalCallId: "a", fromNumber: "+18005550151", toNumber: "+18005550102" };
const objectCoordinates = { portalId: 62515, objectId: 51, objectTypeId: "0-1" };
const record = { objectId: 51, objectTypeId: "0-1" };
const failed = { error: { message: expect.stringMatching(/^\S.+\.$/) } };
const ada = { callerIdType: "CONTACT", objectCoordinates, firstName: "Ada", lastName: "Lovelace" };
const matches = {
  event: "CALLER_ID_MATCH_SUCCEEDED",
  data: { callerIdMatches: [{ ...ada, email: "ada@example.com" }] },
};
const matchFailed = { event: "CALLER_ID_MATCH_FAILED", data: failed };
const created = { event: "CREATE_ENGAGEMENT_SUCCEEDED", data: { engagementId: 4711 } };
const creationFailed = { event: "CREATE_ENGAGEMENT_FAILED", data: failed };
const updated = { event: "UPDATE_ENGAGEMENT_SUCCEEDED", data: { engagementId: 4711 } };
const updateFailed = { event: "UPDATE_ENGAGEMENT_FAILED", data: failed };
const finalFailed = { event: "FINALIZE_ENGAGEMENT_FAILED", data: { ...ids, ...failed } };
const publishFailed = { event: "PUBLISH_TO_CHANNEL_FAILED", data: { ...ids, ...failed } };
const noUrl = { event: "SET_WIDGET_URL_FAILED", data: failed };
const engagementProperties = { hs_call_body: "Notes" };

/** Messages with valid payloads, each with HubSpot's replies for success and for failure, in order. */
const table: [what: string, type: MessageType, data: unknown, succeed: unknown[], fail: unknown[]][] = [
  ["a call", "OUTGOING_CALL_STARTED", { ...numbers, createEngagement: true }, [created], [creationFailed]],
  ["a call without createEngagement", "OUTGOING_CALL_STARTED", numbers, [], []],
  ["a call with createEngagement: false", "OUTGOING_CALL_STARTED", { ...numbers, createEngagement: false }, [], []],
  [
    "a known caller",
    "INCOMING_CALL",
    { ...numbers, createEngagement: true },
    [matches, created],
    [matchFailed, creationFailed],
  ],
  ["a known caller without createEngagement", "INCOMING_CALL", numbers, [matches], [matchFailed]],
  [
    "an unknown caller",
    "INCOMING_CALL",
    { ...numbers, fromNumber: "+18005550199" },
    [{ event: "CALLER_ID_MATCH_SUCCEEDED", data: { callerIdMatches: [] } }],
    [matchFailed],
  ],
  ["a completed call with properties", "CALL_COMPLETED", { ...ids, engagementProperties }, [updated], [updateFailed]],
  ["a completed call without properties", "CALL_COMPLETED", ids, [], []],
  [
    "a completed call with its engagementId as a string",
    "CALL_COMPLETED",
    { ...ids, engagementId: "4711", engagementProperties },
    [updated],
    [updateFailed],
  ],
  [
    "a completed call with only an externalCallId",
    "CALL_COMPLETED",
    { externalCallId: "a", engagementProperties },
    [updated],
    [updateFailed],
  ],
  [
    "a completed call with an unknown engagement",
    "CALL_COMPLETED",
    { externalCallId: "a", engagementId: 8, engagementProperties },
    [updateFailed],
    [updateFailed],
  ],
  [
    "a finalized engagement",
    "FINALIZE_ENGAGEMENT",
    ids,
    [{ event: "FINALIZE_ENGAGEMENT_SUCCEEDED", data: ids }],
    [finalFailed],
  ],
  [
    "a published engagement",
    "PUBLISH_TO_CHANNEL",
    ids,
    [{ event: "PUBLISH_TO_CHANNEL_SUCCEEDED", data: ids }],
    [publishFailed],
  ],
  [
    "a record, with an engagementId",
    "NAVIGATE_TO_RECORD",
    { objectCoordinates, engagementId: 4711 },
    [{ record, engagementId: 4711, newTab: false }],
    [{ event: "NAVIGATE_TO_RECORD_FAILED", data: { objectCoordinates, engagementId: 4711 } }],
  ],
  [
    "a record in a new tab",
    "NAVIGATE_TO_RECORD",
    { objectCoordinates, openIn: "NEW_TAB" },
    [{ record, engagementId: undefined, newTab: true }],
    [{ event: "NAVIGATE_TO_RECORD_FAILED", data: { objectCoordinates } }],
  ],
  [
    "a record in this tab",
    "NAVIGATE_TO_RECORD",
    { objectCoordinates, openIn: "CURRENT_TAB" },
    [{ record, engagementId: undefined, newTab: false }],
    [{ event: "NAVIGATE_TO_RECORD_FAILED", data: { objectCoordinates } }],
  ],
  [
    "a page's URL",
    "SET_WIDGET_URL",
    { iFrameUrl: "http://localhost:3000/a" },
    [{ url: "http://localhost:3000/a" }],
    [noUrl],
  ],
  ["a javascript: URL", "SET_WIDGET_URL", { iFrameUrl: "javascript:alert(1)" }, [noUrl], [noUrl]],
];
for (const [what, type, data, succeed, fail] of table) {
  test(`sends the right replies to ${type}, or none, in each reply mode: ${what}`, () => {
    expect(v.safeParse(outbound[type].data, data).issues).toBeUndefined();
    expect(effectsOf(type, data, "succeed", createCrm().crm)).toEqual(succeed);
    expect(effectsOf(type, data, "fail", createCrm().crm)).toEqual(fail);
    expect(effectsOf(type, data, "never", createCrm().crm)).toEqual([]);
  });

  test(`sends only replies that are listed as answers to ${type}: ${what}`, () => {
    for (const mode of ["succeed", "fail"] satisfies ReplyMode[]) {
      for (const effect of effectsOf(type, data, mode, createCrm().crm)) {
        expect(outbound[type].answers).toContain("event" in effect ? effect.event : "READY");
        if ("event" in effect) expect(v.safeParse(inbound[effect.event].data, effect.data).issues).toBeUndefined();
        // postMessage preserves undefined fields, so an app would receive them.
        if ("event" in effect) expect(Object.values(fieldsOf(effect.data))).not.toContain(undefined);
      }
    }
  });
}

const unknownIds: [label: string, engagementId: unknown][] = [
  ["0", 0],
  ["null", null],
  ["NaN", Number.NaN],
  ["an empty string", ""],
  ["the number 8", 8],
  ["the string 8", "8"],
  ["an object", {}],
  ["a string of a million characters", "x".repeat(1_000_000)],
];
for (const [label, engagementId] of unknownIds) {
  test(`replies with a failure and its reason to messages with an unknown engagementId: ${label}`, () => {
    const fields = { externalCallId: "a", engagementId, engagementProperties };
    for (const [type, event] of [
      ["CALL_COMPLETED", "UPDATE_ENGAGEMENT_FAILED"],
      ["FINALIZE_ENGAGEMENT", "FINALIZE_ENGAGEMENT_FAILED"],
      ["PUBLISH_TO_CHANNEL", "PUBLISH_TO_CHANNEL_FAILED"],
    ] as const) {
      const { crm, calls } = createCrm();
      expect(effectsOf(type, fields, "succeed", crm)).toEqual([{ event, data: expect.objectContaining(failed) }]);
      expect(calls).toEqual([]);
    }
    // Even a callCompleted without properties fails, because its engagement is unknown.
    const [refused] = effectsOf("CALL_COMPLETED", { externalCallId: "a", engagementId }, "succeed", createCrm().crm);
    expect(refused).toEqual(updateFailed);
  });
}

test("finalizes an engagement identified only by its externalCallId, and replies with both ids", () => {
  const [effect] = effectsOf("FINALIZE_ENGAGEMENT", { externalCallId: "a" }, "succeed", createCrm().crm);
  expect(effect).toEqual({ event: "FINALIZE_ENGAGEMENT_SUCCEEDED", data: ids });
  const [none] = effectsOf("FINALIZE_ENGAGEMENT", {}, "succeed", createCrm().crm);
  expect(none).toEqual({ event: "FINALIZE_ENGAGEMENT_FAILED", data: failed });
});

test("replies with NAVIGATE_TO_RECORD_FAILED if the record is unknown, or its coordinates are missing or malformed", () => {
  const elsewhere = { portalId: 62515, objectId: 7, objectTypeId: "0-1" };
  for (const objectCoordinates of [elsewhere, {}, null, "51", [51]]) {
    expect(
      effectsOf("NAVIGATE_TO_RECORD", { objectCoordinates, engagementId: 4711 }, "succeed", createCrm().crm),
    ).toEqual([{ event: "NAVIGATE_TO_RECORD_FAILED", data: { objectCoordinates, engagementId: 4711 } }]);
  }
  expect(effectsOf("NAVIGATE_TO_RECORD", {}, "succeed", createCrm().crm)).toEqual([
    { event: "NAVIGATE_TO_RECORD_FAILED", data: {} },
  ]);
});

test("replies only to messages for which answers are listed", () => {
  const types = Object.keys(outbound).filter(isMessageType);
  const answered = types.filter((type) => outbound[type].answers.length > 0);
  expect(new Set(Object.keys(replies))).toEqual(new Set(answered));
  expect(new Set(table.map(([, type]) => type))).toEqual(new Set(answered));
  for (const type of types.filter((type) => !replies[type])) {
    for (const mode of ["succeed", "fail", "never"] satisfies ReplyMode[]) {
      expect(effectsOf(type, { ...numbers, ...ids, createEngagement: true }, mode, createCrm().crm), type).toEqual([]);
    }
  }
});

test("passes the call's message type and externalCallId to the CRM when it creates an engagement", () => {
  const { crm, calls } = createCrm();
  effectsOf("OUTGOING_CALL_STARTED", { ...numbers, createEngagement: true }, "succeed", crm);
  effectsOf("INCOMING_CALL", { ...numbers, createEngagement: true }, "succeed", crm);
  expect(calls).toEqual([
    ["createEngagement", "OUTGOING_CALL_STARTED", "a"],
    ["callersOf", "+18005550151"],
    ["createEngagement", "INCOMING_CALL", "a"],
  ]);
});

test("changes nothing in the CRM if the reply is a failure or is suppressed", () => {
  const { crm, calls } = createCrm();
  for (const [, type, data] of table) {
    effectsOf(type, data, "fail", crm);
    effectsOf(type, data, "never", crm);
  }
  effectsOf("CALL_COMPLETED", { externalCallId: "b", engagementProperties }, "succeed", crm);
  expect(calls).toEqual([]);
});

test("does not reply to outgoingCall if createEngagement has any value except true", () => {
  for (const createEngagement of ["true", 1, {}, null, undefined, "false"]) {
    expect(effectsOf("OUTGOING_CALL_STARTED", { ...numbers, createEngagement }, "succeed", createCrm().crm)).toEqual(
      [],
    );
  }
});

test("merges the properties of a completed call into its engagement", () => {
  const { crm, calls } = createCrm();
  effectsOf("CALL_COMPLETED", { ...ids, engagementProperties }, "succeed", crm);
  expect(calls).toEqual([["mergeProperties", 4711, engagementProperties]]);
});

test("sends the deprecated event, if it is enabled, after its replacement, but not after a failure", () => {
  const request = { ...numbers, createEngagement: true };
  expect(effectsOf("OUTGOING_CALL_STARTED", request, "succeed", createCrm(true).crm)).toEqual([
    created,
    { ...created, event: "ENGAGEMENT_CREATED" },
  ]);
  expect(effectsOf("OUTGOING_CALL_STARTED", request, "fail", createCrm(true).crm)).toEqual([creationFailed]);
});

for (const iFrameUrl of ["home", "", "//example.com", undefined, null, 7, {}, "data:text/html,x", "about:blank"]) {
  test(`replies with SET_WIDGET_URL_FAILED if iFrameUrl is ${JSON.stringify(iFrameUrl)}`, () => {
    expect(effectsOf("SET_WIDGET_URL", { iFrameUrl }, "succeed", createCrm().crm)).toEqual([noUrl]);
  });
}

test("recognizes CALL_ENDED as a message type, but not object properties, method names or HubSpot's events", () => {
  for (const type of ["__proto__", "constructor", "toString", "", "initialized", "READY", "DIAL_NUMBER"]) {
    expect(isMessageType(type), type).toBe(false);
  }
  expect(isMessageType("CALL_ENDED")).toBe(true);
});

test("sends only events that are listed as answers to the message, even for unusual payloads", () => {
  const cycle: { [name: string]: unknown } = {};
  Object.assign(cycle, { engagementId: cycle, objectCoordinates: cycle, engagementProperties: cycle });
  const values = [null, undefined, 0, 1n, "x".repeat(1_000_000), [], {}, cycle, { toString: 1 }, new Map()];
  const fields = [
    "externalCallId",
    "engagementId",
    "engagementProperties",
    "objectCoordinates",
    "iFrameUrl",
    "fromNumber",
  ];
  const payloads: unknown[] = [...values, JSON.parse('{"__proto__": {"createEngagement": true}}')];
  for (const name of fields) for (const value of values) payloads.push({ ...ids, engagementProperties, [name]: value });
  const nameOf = (effect: Effect) => ("event" in effect ? effect.event : "READY");
  const unlisted: string[] = [];
  for (const type of Object.keys(replies).filter(isMessageType)) {
    for (const data of payloads) {
      const effects = (["succeed", "fail"] satisfies ReplyMode[]).flatMap((mode) =>
        effectsOf(type, data, mode, createCrm().crm),
      );
      const listed: readonly string[] = outbound[type].answers.filter((name) => name !== "CREATE_ENGAGEMENT_SUCCEEDED");
      unlisted.push(
        ...effects
          .map(nameOf)
          .filter((name) => !listed.includes(name))
          .map((name) => `${type}: ${name}`),
      );
    }
  }
  expect(unlisted).toEqual([]);
});

import { expect, test } from "@playwright/test";
import { inbound, outbound } from "../../../../src/protocol/messages.ts";
import { describeFields, describeMessage } from "../../../../src/simulator/ui/messages/field-docs.ts";

const field = (path: string, ...[from, type, data]: Parameters<typeof describeFields>) =>
  describeFields(from, type, data).find((candidate) => candidate.path === path);

test("has a source for every message in the protocol, but no description of other messages", () => {
  for (const type of Object.keys(outbound)) expect(describeMessage("app", type)?.source, type).toBeTruthy();
  for (const type of Object.keys(inbound)) expect(describeMessage("hubspot", type)?.source, type).toBeTruthy();
  expect(describeMessage("app", "CALL_ENDED")).toEqual(
    expect.objectContaining({ name: "callEnded", sure: "documented" }),
  );
  expect(describeMessage("hubspot", "CALL_ENDED"), "HubSpot does not send it").toBeUndefined();
  expect(describeMessage("app", "__proto__")).toBeUndefined();
});

test("describes a missing field, and returns whether the field is required", () => {
  expect(field("engagementId", "app", "CALL_ENDED", { externalCallId: "1" })).toEqual({
    path: "engagementId",
    value: undefined,
    meaning: "HubSpot's id for the call, from CREATE_ENGAGEMENT_SUCCEEDED (onCreateEngagementSucceeded)",
    isRequired: true,
    isKnown: true,
  });
  expect(field("callEndStatus", "app", "CALL_ENDED", {})).toMatchObject({ isRequired: false, value: undefined });
  expect(field("createEngagement", "app", "OUTGOING_CALL_STARTED", { createEngagement: true })).toMatchObject({
    value: "true",
    meaning: "true requests an engagement: an entry for the call on the record's timeline",
  });
});

test("gives nested fields a path, and marks unknown fields", () => {
  const data = { objectCoordinates: { portalId: 1, objectId: 51, own: "x" }, mine: [1] };
  expect(field("objectCoordinates.objectId", "app", "NAVIGATE_TO_RECORD", data)).toMatchObject({
    value: "51",
    meaning: "the id of the record",
  });
  expect(field("objectCoordinates.own", "app", "NAVIGATE_TO_RECORD", data)).toMatchObject({ isKnown: false });
  expect(field("mine", "app", "NAVIGATE_TO_RECORD", data)).toMatchObject({ value: "[1]", isKnown: false });
  expect(field("a", "app", "SOMETHING_NEW", { a: 1 })).toMatchObject({ value: "1", isKnown: false });
});

test("does not mark fields as unknown that the rule unknown-field accepts", () => {
  const data = { engagementProperties: { hs_call_disposition: "f240bbac", hs_call_note: "x", department: "y" } };
  const property = (name: string) => field(`engagementProperties.${name}`, "app", "CALL_COMPLETED", data);
  expect(property("hs_call_disposition")).toMatchObject({ isKnown: true });
  expect(property("department")).toMatchObject({ isKnown: true });
  expect(property("hs_call_note")).toMatchObject({ isKnown: false });
  expect(field("portalId", "app", "INITIALIZED", { portalId: 1 })).toMatchObject({ isKnown: true });
  expect(field("portal", "app", "INITIALIZED", { portal: 1 })).toMatchObject({ isKnown: false });
});

test("describes the fields that the simulator adds to events, and says that the simulator chose them", () => {
  const ids = { externalCallId: "a", engagementId: 4711 };
  for (const [path, value] of Object.entries(ids)) {
    const doc = field(path, "hubspot", "END_CALL", { ...ids, own: 1 });
    expect(doc, path).toMatchObject({ value: JSON.stringify(value), isKnown: true, sure: "chosen" });
    expect(doc?.meaning).toContain("the call that the app should end");
  }
  expect(field("own", "hubspot", "END_CALL", { own: 1 })).toMatchObject({ isKnown: false });
  const failed = { ...ids, error: { message: "The engagement could not be published." } };
  expect(field("error", "hubspot", "PUBLISH_TO_CHANNEL_FAILED", failed)).toMatchObject({ isKnown: true });
  expect(field("externalCallId", "hubspot", "PUBLISH_TO_CHANNEL_FAILED", failed)?.sure).toBeUndefined();
});

test("describes the variant that the payload matches", () => {
  const paths = (data: unknown) => describeFields("app", "ERROR", data).map(({ path }) => path);
  expect(paths({ message: "no microphone" })).toEqual(["message"]);
  expect(paths({ type: "UNKNOWN_MESSAGE_TYPE", data: 1 })).toEqual(["type", "data"]);
});

test("describes each field as missing if the data is not an object, and shows null as a value", () => {
  for (const data of [undefined, null, 5, "text", [1]]) {
    expect(describeFields("app", "CALL_ANSWERED", data)).toEqual([expect.objectContaining({ value: undefined })]);
  }
  expect(field("objectCoordinates", "app", "NAVIGATE_TO_RECORD", { objectCoordinates: null })).toMatchObject({
    value: "null",
  });
});

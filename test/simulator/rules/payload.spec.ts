// The sources and the message lengths of findings about payloads. The cases are in cases/payload.ts.
import { expect, test } from "@playwright/test";
import { outbound } from "../../../src/protocol/messages.ts";
import { app, call, findings, ids, initialized, running, to } from "../../support/rule-steps.ts";

const { externalCallId: _, ...unnamed } = call();
const incoming = (fields: object) => app("INCOMING_CALL", { ...unnamed, ...fields });
const started = (fields: object) => app("OUTGOING_CALL_STARTED", { toNumber: to, ...fields });

test("names both sources if the SDK's types and the documentation disagree", () => {
  for (const [missing] of [
    findings(initialized, incoming({})),
    findings(initialized, started({ externalCallId: "a" })),
  ]) {
    expect(missing?.source).toMatch(/types of SDK 0\.9\.7/);
    expect(missing?.source).toMatch(/HubSpot's documentation/);
  }
});

test("names the message type's source in a finding", () => {
  const [missing] = findings(app("RESIZE_WIDGET", { width: 1 }));
  expect(missing?.source).toBe(outbound.RESIZE_WIDGET.source);
  const [mistyped] = findings(app("CALL_TRANSFERRED", { externalCallId: 1 }));
  expect(mistyped?.source).toBe(outbound.CALL_TRANSFERRED.source);
});

test("shortens long property names in a finding's message", () => {
  const engagementProperties = { ["x".repeat(1000)]: 5 };
  const [long] = findings(...running, app("CALL_COMPLETED", { ...ids, engagementProperties }));
  expect(long?.rule).toBe("wrong-type");
  expect(long?.message.length).toBeLessThan(200);
});

test("names the missing field and its origin in the remedy", () => {
  const remedies = findings(...running, app("CALL_ENDED", { externalCallId: "a" })).map(({ remedy }) => remedy);
  expect(remedies).toEqual([
    "Add engagementId to callEnded: HubSpot's id for the call, from CREATE_ENGAGEMENT_SUCCEEDED (onCreateEngagementSucceeded). Send the field in every message of this type.",
  ]);
});

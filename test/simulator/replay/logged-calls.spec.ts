import { expect, test } from "@playwright/test";
import { LoggedCalls } from "../../../src/simulator/replay/logged-calls.ts";
import type { Line } from "../../../src/simulator/replay/replay.ts";

const start = (externalCallId: string, createEngagement: boolean): Line => {
  return { at: 0, from: "app", type: "INCOMING_CALL", data: { externalCallId, createEngagement } };
};
const created = (data: object): Line => ({ at: 0, from: "hubspot", type: "CREATE_ENGAGEMENT_SUCCEEDED", data });

test("assigns an engagement to the last call that requested an engagement", () => {
  const calls = new LoggedCalls([start("a", true), start("b", false), created({ engagementId: 1 })]);
  expect(calls.withEngagement(1)?.externalCallId).toBe("a");
});

test("assigns an engagement to the call whose externalCallId the event contains", () => {
  const calls = new LoggedCalls([
    start("a", true),
    start("b", true),
    created({ engagementId: 1, externalCallId: "a" }),
    created({ engagementId: 2, externalCallId: "b" }),
  ]);
  expect([1, 2].map((id) => calls.withEngagement(id)?.externalCallId)).toEqual(["a", "b"]);
});

import { expect, test } from "@playwright/test";
import { type Call, maxCalls, newEngagementId, type State, withCall } from "../../../src/simulator/api/state.ts";

const call = (engagementId: number, createdAt: number): Call => ({
  engagementId,
  externalCallId: `call-${engagementId}`,
  direction: "OUTBOUND",
  state: "created",
  properties: {},
  createdAt,
});

test("keeps the newest calls, regardless of their ids", () => {
  let state: State = { apps: { 1: {} }, calls: {} };
  // The call with the greatest id is the oldest.
  for (let id = 1; id <= maxCalls + 5; id++) state = withCall(state, call(id, 10_000 - id));
  expect(Object.keys(state.calls)).toHaveLength(maxCalls);
  expect([state.calls[1]?.createdAt, state.calls[maxCalls]?.createdAt]).toEqual([9999, 10_000 - maxCalls]);
  expect([state.calls[maxCalls + 1], state.apps]).toEqual([undefined, { 1: {} }]);

  const changed = withCall(state, { ...call(7, 10_000 - 7), state: "ended" });
  expect(Object.keys(changed.calls)).toHaveLength(maxCalls);
  expect([changed.calls[7]?.state, state.calls[7]?.state]).toEqual(["ended", "created"]);
});

test("creates an unused engagement id", () => {
  const calls = { 5: call(5, 5), 6: call(6, 6) };
  expect([4, 5, 7].map((now) => newEngagementId({ apps: {}, calls }, now))).toEqual([4, 7, 7]);
});

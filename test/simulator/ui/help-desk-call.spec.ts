// A help desk call, step by step.
import { expect, test } from "@playwright/test";
import { beginDeskCall, continueDeskCall, type Direction } from "../../../src/simulator/ui/help-desk-call.ts";

const number = "+18005550100";
const done = (direction: Direction, ...sent: [type: string, fields?: object][]) =>
  sent
    .reduce(
      (call, [type, fields = {}]) => continueDeskCall(call, type, { ...fields }),
      beginDeskCall(direction, number),
    )
    .steps.filter(({ isDone }) => isDone)
    .map(({ type }) => type);

test("each message takes its own step, the last being finalizeEngagement", () => {
  const all: [string, object?][] = [
    ["OUTGOING_CALL_STARTED", { fromNumber: number }],
    ["CALL_ANSWERED"],
    ["CALL_ENDED"],
    ["CALL_COMPLETED"],
    ["FINALIZE_ENGAGEMENT"],
  ];
  expect(done("OUTBOUND", ...all)).toEqual(all.map(([type]) => type));
  expect(done("OUTBOUND", ...all.slice(0, 3))).toHaveLength(3);
});

test("the call begins with the number that is connected, and with no other", () => {
  expect(done("INBOUND", ["INCOMING_CALL", { toNumber: number }])).toEqual(["INCOMING_CALL"]);
  expect(done("INBOUND", ["INCOMING_CALL", { toNumber: "+1", fromNumber: number }])).toEqual([]);
  expect(done("OUTBOUND", ["OUTGOING_CALL_STARTED", { toNumber: number }])).toEqual([]);
  expect(done("OUTBOUND", ["INCOMING_CALL", { toNumber: number }]), "the other direction").toEqual([]);
  expect(done("OUTBOUND", ["CALL_ENDED"]), "the end of a call before").toEqual([]);
});

test("a call that nobody answers goes on all the same", () => {
  expect(done("INBOUND", ["INCOMING_CALL", { toNumber: number }], ["CALL_ENDED"], ["CALL_COMPLETED"])).toEqual([
    "INCOMING_CALL",
    "CALL_ENDED",
    "CALL_COMPLETED",
  ]);
});

import { expect, test } from "@playwright/test";
import {
  advanceHelpDeskCall,
  type Direction,
  startHelpDeskCall,
} from "../../../../src/simulator/ui/simulate/help-desk-call.ts";

const number = "+18005550100";
const doneSteps = (direction: Direction, ...sent: [type: string, fields?: object][]) =>
  sent
    .reduce(
      (call, [type, fields = {}]) => advanceHelpDeskCall(call, type, { ...fields }),
      startHelpDeskCall(direction, number),
    )
    .steps.filter(({ isDone }) => isDone)
    .map(({ type }) => type);

test("completes one step per message until finalizeEngagement", () => {
  const messages: [string, object?][] = [
    ["OUTGOING_CALL_STARTED", { fromNumber: number }],
    ["CALL_ANSWERED"],
    ["CALL_ENDED"],
    ["CALL_COMPLETED"],
    ["FINALIZE_ENGAGEMENT"],
  ];
  expect(doneSteps("OUTBOUND", ...messages)).toEqual(messages.map(([type]) => type));
  expect(doneSteps("OUTBOUND", ...messages.slice(0, 3))).toHaveLength(3);
});

test("starts only with the connected number and in the chosen direction", () => {
  expect(doneSteps("INBOUND", ["INCOMING_CALL", { toNumber: number }])).toEqual(["INCOMING_CALL"]);
  expect(doneSteps("INBOUND", ["INCOMING_CALL", { toNumber: "+1", fromNumber: number }])).toEqual([]);
  expect(doneSteps("OUTBOUND", ["OUTGOING_CALL_STARTED", { toNumber: number }])).toEqual([]);
  expect(doneSteps("OUTBOUND", ["INCOMING_CALL", { toNumber: number }]), "the other direction").toEqual([]);
  expect(doneSteps("OUTBOUND", ["CALL_ENDED"]), "the end of an earlier call").toEqual([]);
});

test("continues even if the call is not answered", () => {
  expect(doneSteps("INBOUND", ["INCOMING_CALL", { toNumber: number }], ["CALL_ENDED"], ["CALL_COMPLETED"])).toEqual([
    "INCOMING_CALL",
    "CALL_ENDED",
    "CALL_COMPLETED",
  ]);
});

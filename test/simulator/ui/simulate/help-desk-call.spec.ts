import { expect, test } from "@playwright/test";
import {
  advanceHelpDeskCall,
  type Direction,
  startHelpDeskCall,
} from "../../../../src/simulator/ui/simulate/help-desk-call.ts";

const number = "+18005550100";
type Sent = [type: string, fields?: object][];
const stepsAfter = (direction: Direction, sent: Sent) =>
  sent.reduce(
    (call, [type, fields = {}]) => advanceHelpDeskCall(call, type, { ...fields }),
    startHelpDeskCall(direction, number),
  ).steps;
const doneSteps = (direction: Direction, ...sent: Sent) =>
  stepsAfter(direction, sent).flatMap(({ isDone, type }) => (isDone ? [type] : []));
const openSteps = (direction: Direction, ...sent: Sent) =>
  stepsAfter(direction, sent).flatMap(({ isDone, type }) => (isDone ? [] : [type]));

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

test("names the number that the app sent instead of the connected number, until the app sends the connected number", () => {
  const firstStep = (direction: Direction, ...sent: Sent) => stepsAfter(direction, sent)[0];
  const wrong = { fromNumber: "+15550001111", toNumber: "+15550002222" };
  expect(firstStep("OUTBOUND", ["OUTGOING_CALL_STARTED", wrong])).toMatchObject({
    isDone: false,
    problem: `The app sent fromNumber +15550001111, not ${number}.`,
  });
  expect(firstStep("INBOUND", ["INCOMING_CALL", wrong])?.problem).toBe(
    `The app sent toNumber +15550002222, not ${number}.`,
  );
  expect(firstStep("INBOUND", ["INCOMING_CALL"])?.problem).toBe("The app sent no toNumber.");
  const right: Sent[number] = ["OUTGOING_CALL_STARTED", { fromNumber: number }];
  expect(firstStep("OUTBOUND", ["OUTGOING_CALL_STARTED", wrong], right)).not.toHaveProperty("problem");
  expect(firstStep("OUTBOUND", right, ["OUTGOING_CALL_STARTED", wrong]), "the step is done").not.toHaveProperty(
    "problem",
  );
});

test("completes without callAnswered if the call is not answered", () => {
  const messages: [string, object?][] = [
    ["INCOMING_CALL", { toNumber: number }],
    ["CALL_ENDED"],
    ["CALL_COMPLETED"],
    ["FINALIZE_ENGAGEMENT"],
  ];
  expect(doneSteps("INBOUND", ...messages)).toEqual(messages.map(([type]) => type));
  expect(openSteps("INBOUND", ...messages)).toEqual([]);
  expect(openSteps("INBOUND", ...messages.slice(0, 1)), "the call can still be answered").toContain("CALL_ANSWERED");
});

import { expect, test } from "@playwright/test";
import { findingOf } from "../../../src/simulator/rules/finding.ts";
import type { RuleId } from "../../../src/simulator/rules/index.ts";
import { faultKey } from "../../../src/simulator/rules/same-fault.ts";
import { app, findings, initialized, outgoing } from "../../support/rule-steps.ts";

const fault = (rule: RuleId, message: string) => faultKey(findingOf(rule, { message }));

test("treats findings whose texts differ only in an id, a phone number or a time as one fault", () => {
  const [first, second] = ['callEnded was sent for call "a" twice', 'callEnded was sent for call "b" twice'];
  expect(fault("out-of-order", first)).toBe(fault("out-of-order", second));
  expect(fault("no-answer", "not within 30000 ms")).toBe(fault("no-answer", "not within 8000 ms"));
  expect(fault("unknown-call", 'callEnded: no call has the externalCallId "x"')).toBe(
    fault("unknown-call", 'callEnded: no call has the externalCallId "y"'),
  );
});

test("distinguishes faults by rule, message type and field", () => {
  const faultsOf = (type: string, data: object) => findings(initialized, outgoing, app(type, data)).map(faultKey);
  const [number] = faultsOf("OUTGOING_CALL_STARTED", { externalCallId: "b", fromNumber: "+1", toNumber: 5 });
  const sent = { externalCallId: "b", fromNumber: "+1" };
  const inOutgoing = faultsOf("OUTGOING_CALL_STARTED", { ...sent, toNumber: null });
  expect(inOutgoing, "another value in the same field").toContain(number);
  expect(faultsOf("INCOMING_CALL", { ...sent, toNumber: 5 }), "another message type").not.toContain(number);
  expect(faultsOf("OUTGOING_CALL_STARTED", { ...sent, toNumber: "+2", fromNumber: 5 })).not.toContain(number);
  expect(fault("out-of-order", "callEnded was sent twice")).not.toBe(fault("never-ended", "callEnded was sent twice"));
  expect(fault("unknown-type", 'unknown message type "A"')).not.toBe(fault("unknown-type", 'unknown message type "B"'));
});

// What is found in a payload that is wrong, and how much each fault matters.
import { expect, test } from "@playwright/test";
import { outbound } from "../../../src/protocol/messages.ts";
import { wrongPayloads } from "../../support/rule-cases-payloads.ts";
import {
  app,
  call,
  findings,
  found,
  ids,
  initialized,
  rulesOf,
  running,
  type Step,
  to,
} from "../../support/rule-steps.ts";

const { externalCallId: _, ...unnamed } = call();
const incoming = (fields: object) => app("INCOMING_CALL", { ...unnamed, ...fields });
const started = (fields: object) => app("OUTGOING_CALL_STARTED", { toNumber: to, ...fields });

for (const [what, steps, finds] of wrongPayloads) {
  test(`wrong: ${what}`, () => {
    expect(found(...steps)).toEqual(finds);
  });
}

const gravities: [what: string, steps: Step[], finds: string[]][] = [
  ["a field that the pages do not ask for", [initialized, incoming({})], ["warning missing-field"]],
  ["a field that the types do not ask for", [initialized, started({ externalCallId: "a" })], ["warning missing-field"]],
  ["an id that another makes good", [...running, app("CALL_ENDED", { engagementId: 7 })], ["warning missing-field"]],
  ["an id that nothing makes good", [...running, app("CALL_ANSWERED", {})], ["error missing-field"]],
  [
    "a field that is undefined",
    [...running, app("CALL_ENDED", { ...ids, callEndStatus: undefined })],
    ["error wrong-type"],
  ],
  ["a deprecated field", [initialized, started({ ...call(), phoneNumber: to })], ["warning deprecated"]],
];
for (const [what, steps, finds] of gravities) {
  test(`how much it matters: ${what}`, () => expect(rulesOf(...steps)).toEqual(finds));
}

test("where types and pages disagree, the finding names both", () => {
  for (const [missing] of [
    findings(initialized, incoming({})),
    findings(initialized, started({ externalCallId: "a" })),
  ]) {
    expect(missing?.source).toMatch(/types of SDK 0\.9\.7/);
    expect(missing?.source).toMatch(/vendor's page/);
  }
});

test("a fault says where its rule comes from: that payload's source", () => {
  const [missing] = findings(app("RESIZE_WIDGET", { width: 1 }));
  expect(missing?.source).toBe(outbound.RESIZE_WIDGET.source);
  const [mistyped] = findings(app("CALL_TRANSFERRED", { externalCallId: 1 }));
  expect(mistyped?.source).toBe(outbound.CALL_TRANSFERRED.source);
});

test("a name that is long is cut", () => {
  const engagementProperties = { ["x".repeat(1000)]: 5 };
  const [long] = findings(...running, app("CALL_COMPLETED", { ...ids, engagementProperties }));
  expect(long?.rule).toBe("wrong-type");
  expect(long?.message.length).toBeLessThan(200);
});

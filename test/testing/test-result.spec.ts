// What the fixture adds to a test's result, and when it fails the test.
import { expect, test } from "@playwright/test";
import type { PageHistory } from "../../src/check/browser/page-history.ts";
import { type Finding, findingOf } from "../../src/simulator/rules/finding.ts";
import type { RuleId } from "../../src/simulator/rules/index.ts";
import { assertFindings, attachTo } from "../../src/testing/test-result.ts";

function finding(rule: RuleId, severity: Finding["severity"], about?: number): Finding {
  const { about: _, ...fields } = findingOf(rule, { message: `${rule} happened` });
  return { ...fields, severity, at: 0, ...(about !== undefined && { about }) };
}

test("fails for an unexpected error and for an expected finding that is missing, but not for an unexpected warning", () => {
  const findings = [finding("never-answered", "error"), finding("out-of-order", "warning")];
  expect(() => assertFindings(findings, new Set(["never-answered"]))).not.toThrow();
  expect(() => assertFindings(findings, new Set(["never-answered", "out-of-order"]))).not.toThrow();
  expect(() => assertFindings(findings, new Set())).toThrow(
    /^The app's findings are not as expected:\nnever-answered: never-answered happened\n {2}.+\n {2}src\/simulator\/rules\/README\.md#never-answered$/,
  );
  expect(() => assertFindings([], new Set(["ghost-call"]))).toThrow(
    "ghost-call: expected, but the app did not break this rule",
  );
});

test("attaches the log, and a diagram with each finding below its message", async () => {
  const testInfo = test.info();
  const history: Pick<PageHistory, "messages" | "findings"> = {
    messages: [
      { at: 1, from: "app", type: "CALL_ENDED", data: { externalCallId: "a" } },
      { at: 2, from: "hubspot", type: "END_CALL" },
    ],
    findings: [finding("out-of-order", "warning", 0)],
  };
  await attachTo(testInfo, history);
  const [log, diagram] = testInfo.attachments.map(({ body }) => `${body}`);
  expect(log).toBe(
    '{"at":1,"from":"app","type":"CALL_ENDED","data":{"externalCallId":"a"}}\n{"at":2,"from":"hubspot","type":"END_CALL"}\n',
  );
  expect(diagram?.split("\n").slice(3, 6)).toEqual([
    "  App->>HubSpot: CALL_ENDED callEnded",
    "  Note over HubSpot,App: out-of-order: out-of-order happened",
    "  HubSpot->>App: END_CALL onEndCall",
  ]);
});

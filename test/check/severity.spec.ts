import { expect, test } from "../support/check.ts";
import { type Fault, listOf, softphone } from "../support/faulty-softphone.ts";
import * as userActions from "./softphone.actions.ts";

const remote = "iframeLocation: remote, usesCallingWindow: true";

type Expected = { fault: Fault; scenario: string; severity: "error" | "warning"; rule: string; message: string };
const table: (Expected & { remedy?: string; source?: string })[] = [
  {
    fault: "needs a payload in DIAL_NUMBER",
    scenario: "events",
    severity: "warning",
    rule: "uncaught",
    message: "on DIAL_NUMBER (DIAL_NUMBER without a payload): ",
    source: "our choice: no source shows",
  },
  {
    fault: "throws for an unknown caller",
    scenario: "events",
    severity: "error",
    rule: "uncaught",
    message: "on CALLER_ID_MATCH_SUCCEEDED (a caller without a record): ",
    source: "both of HubSpot's demo apps",
  },
  {
    fault: "throws an error at startup",
    scenario: "visibility",
    severity: "error",
    rule: "uncaught",
    message: "while the app loads: no microphone",
    remedy: "code that runs while the page loads",
  },
  {
    fault: "trusts any window",
    scenario: "untrusted sender: SYNC first",
    severity: "warning",
    rule: "untrusted-sync",
    message: "the app answered SYNC from",
    remedy: "src/app/guard.ts",
  },
  {
    fault: "ignores END_CALL",
    scenario: "call: END_CALL",
    severity: "warning",
    rule: "end-call-ignored",
    message: "the app did not send callEnded within",
  },
  {
    fault: "makes calls from silent frames",
    scenario: remote,
    severity: "error",
    rule: "remote-speaks",
    message: "INCOMING_CALL",
  },
];

/** The first app has all faults except the fault that appears in every scenario. */
for (const faults of [
  table.filter(({ fault }) => fault !== "throws an error at startup"),
  table.filter(({ fault }) => fault === "throws an error at startup"),
]) {
  test(`reports each fault, under the right rule and with the right severity, of an app that ${listOf(faults.map(({ fault }) => fault))}`, async ({
    checkPage,
  }) => {
    const html = softphone(...faults.map(({ fault }) => fault));
    const scenarios = faults.map(({ scenario }) => scenario);
    const { report } = await checkPage(html, scenarios, { userActions });
    for (const { name, result, findings } of report.scenarios.slice(2)) {
      const expected = faults.filter(({ scenario }) => scenario === name);
      expect(expected.length, name).toBeGreaterThan(0);
      expect(result, name).toBe(expected.some(({ severity }) => severity === "error") ? "failed" : "warned");
      expect(findings).toHaveLength(expected.length);
      for (const { severity, rule, message, remedy = "", source = "" } of expected) {
        expect(findings).toContainEqual(
          expect.objectContaining({
            severity,
            rule,
            message: expect.stringContaining(message),
            remedy: expect.stringContaining(remedy),
            source: expect.stringContaining(source),
          }),
        );
      }
    }
    expect(
      report.scenarios
        .slice(2)
        .map(({ name }) => name)
        .toSorted(),
    ).toEqual([...new Set(faults.map(({ scenario }) => scenario))].toSorted());
  });
}

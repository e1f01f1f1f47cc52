// Errors are only for what loses a call, or breaks on something that HubSpot is known to send.
import { check } from "../../src/check/check.ts";
import { type Fault, softphone } from "../support/faulty-softphone.ts";
import { ports } from "../support/ports.ts";
import { expect, test } from "../support/simulator.ts";
import * as userActions from "./softphone.actions.ts";

test.describe.configure({ timeout: 90_000 });

const remote = "iframeLocation: remote, usesCallingWindow: true";

type Expected = { fault: Fault; scenario: string; severity: "error" | "warning"; rule: string; message: string };
const table: (Expected & { remedy?: string; source?: string })[] = [
  {
    fault: "needs a payload",
    scenario: "events",
    severity: "warning",
    rule: "uncaught",
    message: "on DIAL_NUMBER (DIAL_NUMBER without a payload): ",
    source: "our choice: no source shows",
  },
  {
    fault: "throws",
    scenario: "events",
    severity: "error",
    rule: "uncaught",
    message: "on CALLER_ID_MATCH_SUCCEEDED (a caller without a record): ",
    source: "both of HubSpot's demo apps",
  },
  {
    fault: "fails at load",
    scenario: "visibility",
    severity: "error",
    rule: "uncaught",
    message: "while the app loads: no microphone",
    remedy: "code that runs while the page loads",
  },
  {
    fault: "follows",
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
    fault: "calls from silent places",
    scenario: remote,
    severity: "error",
    rule: "remote-speaks",
    message: "INCOMING_CALL",
  },
];

for (const { fault, scenario, severity, rule, message, remedy = "", source = "" } of table) {
  test(`an app that ${fault}: ${severity} ${rule}, and no other finding`, async ({ serve }) => {
    const url = await serve((response) => response.end(softphone(fault)));
    const { report } = await check({
      url,
      pages: `.serve/${ports.HTTP_PORT}`,
      timeoutMs: 4000,
      userActions,
      only: (name) => name === scenario,
    });
    const findings = report.scenarios.find(({ name }) => name === scenario)?.findings ?? [];
    expect(findings.map((finding) => [finding.severity, finding.rule])).toEqual([[severity, rule]]);
    expect(findings[0]?.message).toContain(message);
    expect(findings[0]?.remedy).toContain(remedy);
    expect(findings[0]?.source).toContain(source);
    expect(report.result).toBe(severity === "error" ? "failed" : "passed");
  });
}

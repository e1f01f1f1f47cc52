import { build } from "esbuild";
import type { CheckOptions } from "../../src/check/check.ts";
import * as exampleActions from "../examples/softphone.actions.ts";
import { expect, type Report, rulesOf, test } from "../support/check.ts";
import { sdkAlone, softphone } from "../support/faulty-softphone.ts";
import { appUrl } from "../support/host.ts";
import { softphonePage } from "../support/softphone.ts";
import * as callingAppActions from "./calling-app.actions.ts";
import * as userActions from "./softphone.actions.ts";

const remote = "iframeLocation: remote, usesCallingWindow: true";
const untrusted = "untrusted sender: SYNC first";
const everyScenario: Partial<CheckOptions> = { only: () => true, strict: true, timeoutMs: 10_000 };

const resultsOf = ({ scenarios }: Report) => scenarios.map(({ name, result, reason }) => [name, result, reason]);
const passed = (names: readonly string[]) =>
  ["framing", "handshake", ...names].map((name) => [name, "passed", undefined]);

test("passes the calling app in every scenario in strict mode", async ({ checkApp }) => {
  const { report } = await checkApp(appUrl, [], { ...everyScenario, userActions: callingAppActions });
  expect(report.scenarios.filter(({ result }) => result !== "passed")).toEqual([]);
  expect(report).toMatchObject({ version: 1, result: "passed", errors: 0, warnings: 0, app: appUrl });
  expect(report.sdk).toMatch(/^0\.9\.7/);
});

test("passes the example softphone in every scenario in strict mode", async ({ checkPage }) => {
  const { report } = await checkPage(softphonePage, [], { ...everyScenario, userActions: exampleActions });
  expect(report.scenarios.filter(({ result }) => result !== "passed")).toEqual([]);
  expect(report).toMatchObject({ result: "passed", errors: 0, warnings: 0 });
});

test("passes the calling app without user actions, and explains why calls were not tried", async ({ checkApp }) => {
  const only = (name: string) => name.startsWith("call") || name === "dial";
  const { report } = await checkApp(appUrl, [], { only, strict: true });
  expect(report.result).toBe("passed");
  expect(resultsOf(report)).toEqual([
    ...passed(["dial"]),
    ["call: outbound", "not tried", "needs a --user-actions file"],
    ["call: inbound", "not tried", "needs a --user-actions file"],
    ["call: END_CALL", "not tried", "needs a --user-actions file"],
    ["call: navigation", "not tried", "needs a --user-actions file"],
    ["call: from another page", "not tried", "needs a --user-actions file"],
    ["call: queue", "not tried", "needs a --user-actions file"],
  ]);
});

test("passes a correct softphone in strict mode", async ({ checkPage }) => {
  // other-apps.spec.ts tries more scenarios.
  const scenarios = [remote, "call: navigation", "dial: from another page", "call: from another page", "call: queue"];
  const { report } = await checkPage(softphone(), scenarios, { userActions, strict: true });
  expect(resultsOf(report)).toEqual(passed(scenarios));
});

test("reports each of an app's four faults in a different scenario, and nothing else", async ({ checkPage }) => {
  const scenarios = ["events", remote, untrusted, "call: outbound", "call: navigation"];
  const html = softphone(
    "throws for an unknown caller",
    "forgets its call",
    "sends initialized from silent frames",
    "never completes a call",
  );
  const { report } = await checkPage(html, scenarios, { userActions });
  expect(rulesOf(report)).toEqual([
    ["framing"],
    ["handshake"],
    ["events", "uncaught"],
    [remote, "remote-speaks"],
    [untrusted],
    ["call: outbound", "ghost-call"],
    ["call: navigation", "engagement-forgotten"],
  ]);
  expect(report.result).toBe("failed");
});

test("reports an app whose X-Frame-Options header forbids iframes, and tries no other scenario", async ({
  serve,
  checkApp,
}) => {
  const url = await serve((response) => response.setHeader("x-frame-options", "DENY").end(softphone()));
  const { report } = await checkApp(url, ["events", "call: outbound"], { userActions });
  expect(rulesOf(report)).toEqual([["framing", "not-framed"], ["handshake"], ["events"], ["call: outbound"]]);
  expect(report.scenarios.slice(1).map(({ result }) => result)).toEqual(Array(3).fill("not tried"));
  expect(report.errors).toBe(1);
});

test("passes an app that uses only the SDK, skips the remote scenario, and warns that the app answers SYNC from an untrusted window", async ({
  checkPage,
}) => {
  const options = { stdin: { contents: sdkAlone, resolveDir: "." }, bundle: true };
  const { outputFiles } = await build({ ...options, write: false });
  const page = `<!doctype html><html lang="en"><title>SDK</title><script>${outputFiles[0]?.text}</script>`;
  const { report } = await checkPage(page, [remote, untrusted]);
  expect(report).toMatchObject({ result: "passed", errors: 0, warnings: 1 });
  const [finding] = report.scenarios.flatMap(({ findings }) => findings);
  expect(finding).toMatchObject({ rule: "untrusted-sync", severity: "warning" });
  expect(finding?.remedy).toContain("src/app/guard.ts");
  // The app does not support inbound calls, so the check did not open a page for this scenario.
  expect(report.scenarios.find(({ name }) => name === remote)).toMatchObject({
    result: "not tried",
    reason: expect.stringContaining("inbound"),
    milliseconds: 0,
  });
});

import { createServer, type Server } from "node:http";
import { expect, test } from "@playwright/test";
import { build } from "esbuild";
import { type CheckOptions, check } from "../../src/check/check.ts";
import * as exampleActions from "../examples/softphone.actions.ts";
import { sdkAlone, softphone } from "../support/faulty-softphone.ts";
import { appUrl } from "../support/host.ts";
import { ports } from "../support/ports.ts";
import { softphonePage } from "../support/softphone.ts";
import * as callingAppActions from "./calling-app.actions.ts";
import * as softphoneActions from "./softphone.actions.ts";

const pages = `.serve/${ports.HTTP_PORT}`;
const servers: Server[] = [];

/** Serves the page on localhost, a different site from the simulator's 127.0.0.1. */
async function serve(html: string, headers: Record<string, string> = {}): Promise<string> {
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "text/html", ...headers }).end(html);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "localhost", resolve));
  const bound = server.address();
  return `http://localhost:${typeof bound === "object" ? bound?.port : ""}/`;
}

test.afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

// Each test starts a browser.
test.describe.configure({ timeout: 90_000 });

const remote = "iframeLocation: remote, usesCallingWindow: true";
/** Together, these scenarios detect every fault that this file's tests add to the softphone. */
const faultScenarios = ["events", remote, "untrusted sender: SYNC first", "call: outbound", "call: navigation"];
const recordScenarios = ["dial: from another page", "call: from another page", "call: queue"];

const checkSome = async (url: string, options: Partial<CheckOptions> = {}) => {
  const only = (name: string) => faultScenarios.includes(name);
  const { report } = await check({
    url,
    pages,
    timeoutMs: 8000,
    userActions: softphoneActions,
    only,
    ...options,
  });
  return report;
};

/** Returns the rules of all errors, without duplicates. */
const errorsOf = ({ scenarios }: Awaited<ReturnType<typeof checkSome>>) => [
  ...new Set(
    scenarios
      .flatMap(({ findings }) => findings.filter(({ severity }) => severity === "error"))
      .map(({ rule }) => rule),
  ),
];

test("passes the calling app in every scenario in strict mode", async () => {
  test.setTimeout(180_000);
  const { report } = await check({
    url: appUrl,
    pages,
    timeoutMs: 10_000,
    userActions: callingAppActions,
    strict: true,
  });
  expect(report.scenarios.filter(({ result }) => result !== "passed")).toEqual([]);
  expect(report).toMatchObject({ version: 1, result: "passed", errors: 0, warnings: 0, app: appUrl });
  expect(report.sdk).toMatch(/^0\.9\.7/);
});

test("passes the calling app without user actions, and explains why calls were not tried", async () => {
  const only = (name: string) => name.startsWith("call") || name === "dial";
  const report = await checkSome(appUrl, { userActions: {}, only, strict: true });
  expect(report.result).toBe("passed");
  expect(report.scenarios.map(({ name, result, reason }) => [name, result, reason])).toEqual([
    ["framing", "passed", undefined],
    ["handshake", "passed", undefined],
    ["dial", "passed", undefined],
    ["call: outbound", "not tried", "needs a --user-actions file"],
    ["call: inbound", "not tried", "needs a --user-actions file"],
    ["call: END_CALL", "not tried", "needs a --user-actions file"],
    ["call: navigation", "not tried", "needs a --user-actions file"],
    ["call: from another page", "not tried", "needs a --user-actions file"],
    ["call: queue", "not tried", "needs a --user-actions file"],
  ]);
});

test("passes a softphone without faults in strict mode", async () => {
  const only = (name: string) => [...faultScenarios, ...recordScenarios].includes(name);
  const report = await checkSome(await serve(softphone()), { strict: true, only });
  expect(report.scenarios.map(({ result }) => result)).toEqual(Array(10).fill("passed"));
});

test("passes the example softphone, with calls in both directions, in strict mode", async () => {
  const wanted = ["events", "accessibility", "untrusted sender: SYNC first", remote, "call: outbound", "call: inbound"];
  const only = (name: string) => [...wanted, ...recordScenarios].includes(name);
  const report = await checkSome(await serve(softphonePage), { userActions: exampleActions, strict: true, only });
  expect(report.scenarios.map(({ result }) => result)).toEqual(Array(11).fill("passed"));
});

test("reports each of an app's four faults in a different scenario, and nothing else", async () => {
  const report = await checkSome(await serve(softphone("throws", "forgets", "speaks", "never completes")));
  expect(report.scenarios.map(({ name, findings }) => [name, ...new Set(findings.map(({ rule }) => rule))])).toEqual([
    ["framing"],
    ["handshake"],
    ["events", "uncaught"],
    [remote, "remote-speaks"],
    ["untrusted sender: SYNC first"],
    ["call: outbound", "ghost-call"],
    ["call: navigation", "engagement-forgotten"],
  ]);
  expect(report.result).toBe("failed");
});

test("loads an app that only HubSpot may load", async () => {
  const headers = { "content-security-policy": "frame-ancestors https://*.hubspot.com; img-src 'none'" };
  const report = await checkSome(await serve(softphone(), headers), { only: (name) => name === "visibility" });
  expect(report.scenarios.map(({ result }) => result)).toEqual(["passed", "passed", "passed"]);
});

test("reports an app that forbids iframes, and tries no other scenario", async () => {
  const report = await checkSome(await serve(softphone(), { "x-frame-options": "DENY" }));
  expect(errorsOf(report)).toEqual(["not-framed"]);
  expect(report.scenarios.slice(1).map(({ result }) => result)).toEqual(Array(6).fill("not tried"));
});

test("passes an app that uses only the SDK, but warns that the app trusts an untrusted sender, and skips the remote scenario", async () => {
  const options = { stdin: { contents: sdkAlone, resolveDir: "." }, bundle: true };
  const { outputFiles } = await build({ ...options, write: false });
  const url = await serve(`<!doctype html><html lang="en"><title>SDK</title><script>${outputFiles[0]?.text}</script>`);
  const report = await checkSome(url, {
    userActions: {},
    only: (name) => [remote, "untrusted sender: SYNC first"].includes(name),
  });
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

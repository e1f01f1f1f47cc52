// Even without user actions, the check detects a page that contains two SDKs, and names the cause.
import { build } from "esbuild";
import { expect, type Report, test } from "../support/check.ts";
import { mountedTwice } from "../support/faulty-softphone.ts";
import { minimalApp } from "../support/simulator.ts";

const findingsOf = ({ scenarios }: Report) =>
  scenarios.flatMap(({ findings }) => findings.map(({ severity, rule, message }) => `${severity} ${rule}: ${message}`));

test("reports only that the page contains two SDKs if a component is mounted twice", async ({ checkPage }) => {
  const options = { stdin: { contents: mountedTwice, resolveDir: "." }, bundle: true, write: false } as const;
  const { outputFiles } = await build(options);
  const page = `<!doctype html><html lang="en"><title>Two</title><script>${outputFiles[0]?.text}</script>`;
  const { report } = await checkPage(page, ["dial"]);
  const message = "the page answered SYNC twice, so it contains two SDKs";
  expect([...new Set(findingsOf(report))]).toEqual([`error two-sdks: ${message}`]);
});

test("reports an app that starts two calls after one DIAL_NUMBER", async ({ checkPage }) => {
  const start = `post({
    type: "OUTGOING_CALL_STARTED",
    data: { externalCallId: crypto.randomUUID(), fromNumber: "+18005550100", toNumber: "+18005550151", createEngagement: true },
  })`;
  const app = minimalApp(`
    post({ ...data, type: "SYNC_ACK", version: "1.2.3" });
    post({ type: "INITIALIZED", data: { isLoggedIn: true } });
    for (const time of [1, 2]) addEventListener("message", (event) => event.data.type === "DIAL_NUMBER" && ${start});
  `);
  const { report } = await checkPage(app, ["dial"]);
  expect(findingsOf(report)).toEqual([
    "error two-sdks: outgoingCall was sent twice after one DIAL_NUMBER or one click; the page probably contains two SDKs",
  ]);
});

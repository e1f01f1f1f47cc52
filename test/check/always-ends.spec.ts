// The check ends even if an app blocks its page, exhausts its memory, floods HubSpot with messages, or replaces HubSpot's page.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { openCheckHost } from "../../src/check/browser/check-host.ts";
import type { CheckOptions } from "../../src/check/check.ts";
import { checkLimitMs } from "../../src/check/context/limits.ts";
import { test as base, type Report, rulesOf } from "../support/check.ts";
import { softphone } from "../support/faulty-softphone.ts";
import { ports } from "../support/ports.ts";
import { blockUntilAnswered, expect, initialize, minimalApp } from "../support/simulator.ts";
import * as userActions from "./softphone.actions.ts";

const pages = `.serve/${ports.HTTP_PORT}`;
const timeoutMs = 3000;
/** An app that never stops exceeds any limit, so these limits can be short. */
const limits = { sharedMs: 1000, isolatedMs: 10_000 };

type Check = (html: string, scenarios: readonly string[], options?: Partial<CheckOptions>) => Promise<Report>;
const test = base.extend<{ ends: Check }>({
  /** Checks an app in separate browsers, because the app may block or crash them. */
  ends: async ({ checkPage }, use) => {
    const host = await openCheckHost({ pages });
    await use(async (html, scenarios, options = {}) => {
      const all = { timeoutMs, userActions, host, limits, ...options };
      const { report } = await checkPage(html, scenarios, all);
      expect(report.milliseconds).toBeLessThan(checkLimitMs(all.timeoutMs));
      return report;
    });
    await host.close();
  },
});

/** Returns an element that runs a script when the app's page receives a message of this type. */
const onEvent = (type: string, script: string) => `<script>
  addEventListener("message", ({ data }) => { if (data.type === ${JSON.stringify(type)}) { ${script} } });
</script>`;

const widget = "iframeLocation: widget, usesCallingWindow: false";
const window = "iframeLocation: window, usesCallingWindow: true";
/** Conditions for a SYNC in these places. They are false in the place where the other scenarios run. */
const isAt = {
  [widget]: "data.iframeLocation === 'widget' && !data.usesCallingWindow",
  [window]: "data.iframeLocation === 'window'",
};

test("ends if the app enters an infinite loop, opens alerts endlessly, prints 2,000 lines, or exhausts its memory", async ({
  ends,
  serve,
}) => {
  let runs = 0;
  // The app blocks in both runs of this scenario: it waits in the first run, and loops in the run in a separate process.
  const url = await serve((response) => ++runs > 1 && response.setHeader("access-control-allow-origin", "*").end());
  const faults = [
    onEvent("VISIBILITY_CHANGED", `${blockUntilAnswered(url)} for (;;);`),
    onEvent("DIAL_NUMBER", "for (;;) alert('again');"),
    onEvent("SYNC", `if (${isAt[widget]}) for (let line = 0; line < 2000; line += 1) console.log(line);`),
    onEvent("SYNC", `if (${isAt[window]}) { const all = []; for (;;) all.push(new Array(1e6).fill(0)); }`),
  ];
  const scenarios = ["handshake: no user", "navigation", "dial", "visibility", widget, window];
  const report = await ends(softphone() + faults.join(""), scenarios);
  expect(rulesOf(report)).toEqual([
    ["framing"],
    ["handshake"],
    ["handshake: no user"],
    ["navigation"],
    ["dial", "never-stops"],
    ["visibility", "not-responding"],
    [widget, "never-stops"],
    [window, "not-responding"],
  ]);
  expect(report.scenarios.filter(({ result }) => result === "failed")).toHaveLength(4);
  expect(report.result).toBe("failed");
  expect(runs).toBe(2);
});

test("ends if the app downloads files or opens windows in a loop, or navigates to a blank page", async ({ ends }) => {
  const download = `if (!(${isAt[widget]})) return;
    const link = Object.assign(document.createElement("a"), { href: "data:,file", download: "file" });
    setInterval(() => link.click(), 10);`;
  const faults = [
    onEvent("SYNC", download),
    onEvent("DIAL_NUMBER", "setInterval(() => open('about:blank'), 10);"),
    onEvent("VISIBILITY_CHANGED", "location.href = 'about:blank';"),
  ];
  const scenarios = ["handshake: no user", "navigation", "dial", "visibility", widget];
  const report = await ends(softphone() + faults.join(""), scenarios);
  expect(rulesOf(report)).toEqual([
    ["framing"],
    ["handshake"],
    ["handshake: no user"],
    ["navigation"],
    ["dial", "never-stops"],
    ["visibility", "page-moved"],
    [widget, "never-stops"],
  ]);
  expect(report.scenarios.filter(({ result }) => result === "failed")).toHaveLength(3);
});

test("ends if the app replaces HubSpot's page, but continues if the app tries to close that page", async ({ ends }) => {
  const script = `<script>
    close();
    top.close();
    document.querySelector("button").addEventListener("click", () => { top.location.href = "about:blank#elsewhere"; });
  </script>`;
  const report = await ends(softphone() + script, ["visibility", "call: outbound"]);
  expect(rulesOf(report)).toEqual([["framing"], ["handshake"], ["visibility"], ["call: outbound", "leaves-hubspot"]]);
});

test("ends if the app blocks its page while the page loads", async ({ ends, serve }) => {
  const url = await serve(() => {});
  const page = `<!doctype html><script>${blockUntilAnswered(url)}</script>`;
  const report = await ends(page, ["visibility"], { timeoutMs: 1000 });
  expect(rulesOf(report)).toEqual([["framing"], ["handshake", "not-responding"], ["visibility"]]);
});

test("warns about an app that never stops sending messages, but still runs the scenarios", async ({ checkPage }) => {
  const heartbeat = `setInterval(() => post({ type: "RESIZE_WIDGET", data: { width: 400, height: 500 } }), 100);`;
  const scenarios = ["handshake: late SYNC", "events", "dial", "untrusted sender: events"];
  // This time limit is shorter than the delay of the late SYNC.
  const { report } = await checkPage(minimalApp(`${initialize} ${heartbeat}`), scenarios, { timeoutMs: 2000 });
  expect(rulesOf(report).slice(1)).toEqual(["handshake", ...scenarios].map((name) => [name, "never-quiet"]));
  expect(report).toMatchObject({ result: "passed", errors: 0 });
  expect(report.milliseconds).toBeLessThan(checkLimitMs(2000));
});

test("ends if the app floods HubSpot with messages", async ({ ends }) => {
  const flood = `addEventListener("message", ({ data }) => data.type === "VISIBILITY_CHANGED" &&
    setInterval(() => { for (let n = 0; n < 20; n++) post({ type: "USER_AVAILABLE" }); }, 1));`;
  const scenarios = ["handshake: no user", "visibility"];
  const report = await ends(minimalApp(`${initialize} ${flood}`), scenarios, { userActions: {}, timeoutMs: 2000 });
  expect(rulesOf(report)).toEqual([
    ["framing"],
    ["handshake"],
    ["handshake: no user"],
    ["visibility", expect.stringMatching(/^(never-quiet|scenario-aborted|not-responding)$/)],
  ]);
});

test("restarts a browser that crashed, and repeats the interrupted scenarios", async ({ serve, checkApp }) => {
  const others = await browsers();
  const host = await openCheckHost({ pages });
  let requests = 0;
  const url = await serve(async (response) => {
    requests += 1;
    // By the fourth request, the first handshake has ended.
    if (requests === 4) {
      const own = (await browsers()).filter((pid) => !others.includes(pid));
      expect(own).toHaveLength(1);
      for (const pid of own) process.kill(pid, "SIGKILL");
    }
    response.end(minimalApp(initialize));
  });
  const scenarios = ["handshake: no user", "handshake: no owner", "visibility"];
  const { report } = await checkApp(url, scenarios, { host, timeoutMs });
  expect(requests).toBeGreaterThan(5);
  expect(report.scenarios.map(({ result }) => result)).toEqual(Array(5).fill("passed"));
  await host.close();
});

/** Returns the process ids of the browsers that this process's checks started, but not the id of the test runner's browser. */
async function browsers(): Promise<number[]> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  return stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, ...args]) => parent === `${process.pid}` && args.includes("--js-flags=--max-old-space-size=512"),
    )
    .map(([pid]) => Number(pid));
}

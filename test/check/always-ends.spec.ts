// The check ends even if an app blocks its page, exhausts its memory, floods HubSpot with messages, or replaces HubSpot's page.
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type CheckOptions, check } from "../../src/check/check.ts";
import { checkLimitMs } from "../../src/check/limits.ts";
import { softphone } from "../support/faulty-softphone.ts";
import { ports } from "../support/ports.ts";
import { expect, initialize, minimalApp, test } from "../support/simulator.ts";
import * as actions from "./softphone.actions.ts";

test.describe.configure({ timeout: 180_000 });

const timeoutMs = 3000;

async function checkIn(scenarios: readonly string[], url: string, options: Partial<CheckOptions> = {}) {
  const only = (name: string) => scenarios.includes(name);
  const pages = `.serve/${ports.HTTP_PORT}`;
  const { report } = await check({ url, pages, timeoutMs, userActions: actions, only, ...options });
  expect(report.milliseconds).toBeLessThan(checkLimitMs(timeoutMs));
  return report;
}
type Report = Awaited<ReturnType<typeof checkIn>>;
const rulesOf = ({ scenarios }: Report) =>
  scenarios.map(({ name, findings }) => [name, ...new Set(findings.map(({ rule }) => rule))]);

/** Returns an element that runs a script when the app's page receives a message of this type. */
const onEvent = (type: string, script: string) => `<script>
  addEventListener("message", ({ data }) => { if (data.type === ${JSON.stringify(type)}) { ${script} } });
</script>`;

const apps: [what: string, script: string, rule: string][] = [
  ["loops endlessly", "for (;;);", "not-responding"],
  ["opens alerts in a loop", "for (;;) alert('again');", "never-stops"],
  ["prints too much to the console", "for (let line = 0; line < 2000; line += 1) console.log(line);", "never-stops"],
  ["exhausts its memory", "const all = []; for (;;) all.push({ all });", "not-responding"],
];
for (const [what, script, rule] of apps) {
  test(`ends if the app ${what}`, async ({ serve }) => {
    const url = await serve((response) => response.end(softphone() + onEvent("VISIBILITY_CHANGED", script)));
    const report = await checkIn(["handshake: no user", "visibility", "navigation"], url);
    expect(rulesOf(report)).toEqual([
      ["framing"],
      ["handshake"],
      ["handshake: no user"],
      ["navigation"],
      ["visibility", rule],
    ]);
    expect(report.result).toBe("failed");
  });
}

test("ends if the app downloads files or opens windows in a loop, or navigates to a blank page", async ({ serve }) => {
  const otherPlace = "iframeLocation: widget, usesCallingWindow: false";
  const download = `if (data.usesCallingWindow) return;
    const link = Object.assign(document.createElement("a"), { href: "data:,file", download: "file" });
    setInterval(() => link.click(), 10);`;
  const scripts = {
    SYNC: download,
    DIAL_NUMBER: "setInterval(() => open('about:blank'), 10);",
    VISIBILITY_CHANGED: "location.href = 'about:blank';",
  };
  const page =
    softphone() +
    Object.entries(scripts)
      .map(([type, script]) => onEvent(type, script))
      .join("");
  const url = await serve((response) => response.end(page));
  const report = await checkIn(["handshake: no user", "navigation", "dial", "visibility", otherPlace], url);
  expect(rulesOf(report)).toEqual([
    ["framing"],
    ["handshake"],
    ["handshake: no user"],
    ["navigation"],
    ["dial", "never-stops"],
    ["visibility", "page-moved"],
    [otherPlace, "never-stops"],
  ]);
  expect(report.scenarios.filter(({ result }) => result === "failed")).toHaveLength(3);
});

test("ends if the app replaces HubSpot's page, but continues if the app tries to close that page", async ({
  serve,
}) => {
  const script = `<script>
    close();
    top.close();
    document.querySelector("button").addEventListener("click", () => { top.location.href = "about:blank#elsewhere"; });
  </script>`;
  const url = await serve((response) => response.end(softphone() + script));
  const report = await checkIn(["visibility", "call: outbound"], url);
  expect(rulesOf(report)).toEqual([["framing"], ["handshake"], ["visibility"], ["call: outbound", "leaves-hubspot"]]);
});

test("ends if the app blocks its page while it loads", async ({ serve }) => {
  const url = await serve((response) => response.end("<!doctype html><script>for (;;);</script>"));
  const report = await checkIn(["visibility"], url, { timeoutMs: 1000 });
  expect(rulesOf(report)).toEqual([["framing"], ["handshake", "not-responding"], ["visibility"]]);
});

test("warns about an app that never stops sending messages, but still runs the scenarios", async ({ serve }) => {
  const heartbeat = `setInterval(() => post({ type: "RESIZE_WIDGET", data: { width: 400, height: 500 } }), 100);`;
  const url = await serve((response) => response.end(minimalApp(`${initialize} ${heartbeat}`)));
  const scenarios = ["handshake: late SYNC", "events", "dial", "untrusted sender: events"];
  // This time limit is shorter than the delay of the late SYNC.
  const report = await checkIn(scenarios, url, { userActions: {}, timeoutMs: 2000 });
  expect(rulesOf(report).slice(1)).toEqual(["handshake", ...scenarios].map((name) => [name, "never-quiet"]));
  expect(report).toMatchObject({ result: "passed", errors: 0 });
});

test("ends if the app floods HubSpot with messages", async ({ serve }) => {
  const flood = `addEventListener("message", ({ data }) => data.type === "VISIBILITY_CHANGED" &&
    setInterval(() => { for (let n = 0; n < 20; n++) post({ type: "USER_AVAILABLE" }); }, 1));`;
  const url = await serve((response) => response.end(minimalApp(`${initialize} ${flood}`)));
  const report = await checkIn(["handshake: no user", "visibility"], url, { userActions: {}, timeoutMs: 2000 });
  expect(rulesOf(report)).toEqual([
    ["framing"],
    ["handshake"],
    ["handshake: no user"],
    ["visibility", expect.stringMatching(/^(never-quiet|scenario-aborted|not-responding)$/)],
  ]);
});

test("restarts a browser that crashed, and repeats the interrupted scenarios", async ({ serve }) => {
  let requests = 0;
  const url = await serve(async (response) => {
    requests += 1;
    // By the fourth request, the first handshake has ended.
    if (requests === 4) await killBrowsers();
    response.end(minimalApp(initialize));
  });
  const report = await checkIn(["handshake: no user", "handshake: no owner", "visibility"], url, { userActions: {} });
  expect(requests).toBeGreaterThan(5);
  expect(report.scenarios.map(({ result }) => result)).toEqual(Array(5).fill("passed"));
});

/** Kills the browser that the check started, but not the test runner's browser. */
async function killBrowsers(): Promise<void> {
  const { stdout } = await promisify(execFile)("ps", ["-A", "-o", "pid=,ppid=,args="]);
  const own = stdout
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, ...args]) => parent === `${process.pid}` && args.includes("--js-flags=--max-old-space-size=512"),
    );
  expect(own).toHaveLength(1);
  for (const [pid] of own) process.kill(Number(pid), "SIGKILL");
}

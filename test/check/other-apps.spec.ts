// Correct apps that differ from this repository's apps pass, and their faults get the right names.
import { type CheckOptions, check } from "../../src/check/check.ts";
import { type Fault, type Habit, softphone } from "../support/faulty-softphone.ts";
import { ports } from "../support/ports.ts";
import { acknowledge, expect, minimalApp, test } from "../support/simulator.ts";
import * as actions from "./softphone.actions.ts";

test.describe.configure({ timeout: 120_000 });

const pages = `.serve/${ports.HTTP_PORT}`;

/** Runs these scenarios after the first handshake. */
async function checkIn(scenarios: readonly string[], url: string, options: Partial<CheckOptions> = {}) {
  const only = (name: string) => scenarios.includes(name);
  const { report } = await check({ url, pages, timeoutMs: 6000, userActions: actions, only, ...options });
  return report;
}
type Report = Awaited<ReturnType<typeof checkIn>>;
const findingsOf = ({ scenarios }: Report) =>
  scenarios.flatMap(({ name, findings }) => findings.map(({ rule, message }) => `${name}: ${rule}: ${message}`));
const resultsOf = ({ scenarios }: Report) => scenarios.map(({ name, result, reason }) => [name, result, reason ?? ""]);

const { placeCall: _, ...withoutPlaceCall } = actions;

const habits: [habit: Habit, scenarios: string[], options?: Partial<CheckOptions>][] = [
  ["opens the caller's record", ["events", "events: each twice"]],
  ["logs in late", ["call: outbound"]],
  ["dials late", ["call: outbound"], { userActions: withoutPlaceCall }],
  ["is no widget", ["handshake: no owner", "navigation: engagementId", "call: outbound"]],
  ["opens a tel: link", ["dial", "call: outbound"]],
  ["opens a sip: address", ["dial", "call: outbound"]],
];
for (const [habit, scenarios, options] of habits) {
  test(`passes an app that ${habit}`, async ({ serve }) => {
    const report = await checkIn(scenarios, await serve((response) => response.end(softphone(habit))), options);
    expect(findingsOf(report)).toEqual([]);
    expect(resultsOf(report).filter(([, result]) => result !== "passed")).toEqual([]);
  });
}

const faults: [fault: Fault, scenario: string, findings: RegExp[]][] = [
  ["forgets", "call: navigation", [/^call: navigation: engagement-forgotten: /]],
  ["only echoes the engagementId", "call: navigation", [/^call: navigation: engagement-forgotten: /]],
  ["loses its login", "navigation", [/^navigation: login-lost: /]],
  ["loses its login", "call: navigation", [/^call: navigation: login-lost: /]],
  [
    "calls from silent places",
    "iframeLocation: window, usesCallingWindow: false",
    [/: window-speaks: the window sent INCOMING_CALL$/],
  ],
  ["never ends", "call: from another page", [/^call: from another page: never-ended: /]],
  ["sends seconds", "call: outbound", [/^call: outbound: not-milliseconds: .*"\d"/]],
];
for (const [fault, scenario, expected] of faults) {
  test(`reports in "${scenario}" that an app ${fault}, and nothing else`, async ({ serve }) => {
    const report = await checkIn([scenario], await serve((response) => response.end(softphone(fault))));
    expect(findingsOf(report)).toEqual(expected.map((pattern) => expect.stringMatching(pattern)));
  });
}

test("makes a call in each place that may send messages", async ({ serve }) => {
  const places = [
    "iframeLocation: remote, usesCallingWindow: false",
    "iframeLocation: window, usesCallingWindow: true",
  ];
  const url = await serve((response) => response.end(softphone("never completes")));
  const { receiveCall: _, ...outboundOnly } = actions;
  const report = await checkIn(places, url, { userActions: outboundOnly, timeoutMs: 3000 });
  expect(findingsOf(report)).toEqual(places.map((name) => expect.stringContaining(`${name}: ghost-call: `)));
});

test("runs the other scenarios of an app with a small error at its start", async ({ serve }) => {
  const url = await serve((response) => response.end(softphone("rejects a promise at the start")));
  const report = await checkIn(["visibility", "call: outbound"], url);
  expect(resultsOf(report).filter(([, result]) => result === "not tried")).toEqual([]);
  expect([...new Set(report.scenarios.flatMap(({ findings }) => findings.map(({ rule }) => rule)))]).toEqual([
    "uncaught",
  ]);
});

test("tries no other scenario if the app is ready in no place", async ({ serve }) => {
  const url = await serve((response) => response.end(minimalApp(acknowledge)));
  const report = await checkIn(["visibility"], url, { timeoutMs: 1000 });
  expect(resultsOf(report)).toEqual([
    ["framing", "passed", ""],
    ["handshake", "failed", ""],
    ["visibility", "not tried", "the first handshake failed"],
  ]);
});

test("does not report its own end of a call for which the app requested no engagement", async ({ serve }) => {
  const url = await serve((response) => response.end(softphone("requests no engagement")));
  const report = await checkIn(["call: navigation"], url);
  expect(resultsOf(report).at(-1)).toEqual(["call: navigation", "not tried", "the app did not request an engagement"]);
  expect(findingsOf(report)).toEqual([]);
});

test("fails if there are user actions, but no call could be tried", async ({ serve }) => {
  const url = await serve((response) => response.end(softphone("never logs in")));
  const report = await checkIn(["call: outbound", "call: END_CALL"], url, { timeoutMs: 1500 });
  expect(report.result).toBe("failed");
  expect(findingsOf(report)).toEqual([
    expect.stringMatching(/^call: outbound: no-call-tried: .*the app's user is not logged in; add logIn/),
  ]);
});

test("tries inbound calls of an app that does not report the login", async ({ serve }) => {
  const url = await serve((response) => response.end(softphone("never logs in")));
  const userActions = { ...actions, logIn: async () => {} };
  const report = await checkIn(["call: inbound"], url, { userActions, timeoutMs: 1500 });
  expect(findingsOf(report)).toEqual([
    expect.stringMatching(/^call: inbound: message-not-sent: logIn: /),
    expect.stringMatching(/^call: inbound: not-logged-in: incomingCall /),
  ]);
});

test("reports the error that SDK 0.0.6 throws without a handler as an old SDK, and not as uncaught", async ({
  serve,
}) => {
  const thrown = "No event handler is available to handle message of type: VISIBILITY_CHANGED";
  const script = `<script>
    addEventListener("message", ({ data }) => {
      if (data.type === "VISIBILITY_CHANGED") throw new Error(${JSON.stringify(thrown)});
    });
  </script>`;
  const report = await checkIn(["visibility"], await serve((response) => response.end(softphone() + script)));
  expect(new Set(report.findings.map(({ severity, rule }) => `${severity} ${rule}`))).toEqual(
    new Set(["warning old-sdk"]),
  );
});

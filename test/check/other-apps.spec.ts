// Correct apps that differ from this repository's apps pass the check. Faults in such apps are reported under the right rules.
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

const habits: [habits: Habit[], scenarios: string[], options?: Partial<CheckOptions>][] = [
  [
    ["opens the caller's record", "opens a sip: address"],
    ["events", "events: each twice", "dial", "call: outbound"],
  ],
  [
    ["logs in late", "opens a tel: link"],
    ["dial", "call: outbound"],
  ],
  [
    ["is not a widget", "dials late"],
    ["handshake: no owner", "navigation: engagementId", "call: outbound"],
    { userActions: withoutPlaceCall },
  ],
];
for (const [names, scenarios, options] of habits) {
  test(`passes an app that ${names.join(", and ")}`, async ({ serve }) => {
    const report = await checkIn(scenarios, await serve((response) => response.end(softphone(...names))), options);
    expect(findingsOf(report)).toEqual([]);
    expect(resultsOf(report)).toEqual(["framing", "handshake", ...scenarios].map((name) => [name, "passed", ""]));
  });
}

const faults: [faults: Fault[], findings: { [scenario: string]: RegExp }][] = [
  [
    ["only echoes the engagementId", "calls from silent places", "sends seconds"],
    {
      "iframeLocation: window, usesCallingWindow: false": /^window-speaks: the window sent INCOMING_CALL$/,
      "call: outbound": /^not-milliseconds: .*"\d"/,
      "call: navigation": /^engagement-forgotten: /,
    },
  ],
  [["loses its login"], { navigation: /^login-lost: /, "call: navigation": /^login-lost: / }],
  [["never ends"], { "call: from another page": /^never-ended: / }],
];
for (const [names, expected] of faults) {
  test(`reports in the right scenarios, without other findings, that an app ${names.join(" and ")}`, async ({
    serve,
  }) => {
    const url = await serve((response) => response.end(softphone(...names)));
    const report = await checkIn(Object.keys(expected), url);
    expect(
      report.scenarios.map(({ name, findings }) => [
        name,
        ...findings.map(({ rule, message }) => `${rule}: ${message}`),
      ]),
    ).toEqual([
      ["framing"],
      ["handshake"],
      ...Object.entries(expected).map(([name, finding]) => [name, expect.stringMatching(finding)]),
    ]);
  });
}

test("makes a call in the remote and in the calling window if the app may send messages there", async ({ serve }) => {
  const places = [
    "iframeLocation: remote, usesCallingWindow: false",
    "iframeLocation: window, usesCallingWindow: true",
  ];
  const url = await serve((response) => response.end(softphone("never completes")));
  const { receiveCall: _, ...outboundOnly } = actions;
  const report = await checkIn(places, url, { userActions: outboundOnly, timeoutMs: 3000 });
  expect(findingsOf(report)).toEqual(places.map((name) => expect.stringContaining(`${name}: ghost-call: `)));
});

test("runs the other scenarios for an app with an unhandled rejection at startup", async ({ serve }) => {
  const url = await serve((response) => response.end(softphone("rejects a promise at the start")));
  const report = await checkIn(["visibility", "call: outbound"], url);
  expect(resultsOf(report).filter(([, result]) => result === "not tried")).toEqual([]);
  expect([...new Set(report.scenarios.flatMap(({ findings }) => findings.map(({ rule }) => rule)))]).toEqual([
    "uncaught",
  ]);
});

test("tries no other scenario if the app does not become ready in any place", async ({ serve }) => {
  const url = await serve((response) => response.end(minimalApp(acknowledge)));
  const report = await checkIn(["visibility"], url, { timeoutMs: 1000 });
  expect(resultsOf(report)).toEqual([
    ["framing", "passed", ""],
    ["handshake", "failed", ""],
    ["visibility", "not tried", "the first handshake failed"],
  ]);
});

test("does not report an unfinished call if the scenario ends because the app requested no engagement", async ({
  serve,
}) => {
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

test("tries inbound calls with an app that does not report the login", async ({ serve }) => {
  const url = await serve((response) => response.end(softphone("never logs in")));
  const userActions = { ...actions, logIn: async () => {} };
  const report = await checkIn(["call: inbound"], url, { userActions, timeoutMs: 1500 });
  expect(findingsOf(report)).toEqual([
    expect.stringMatching(/^call: inbound: message-not-sent: logIn: /),
    expect.stringMatching(/^call: inbound: not-logged-in: incomingCall /),
  ]);
});

test("reports old-sdk instead of uncaught if SDK 0.0.6 throws an error for an event without a handler", async ({
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

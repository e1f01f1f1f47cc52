// Apps that differ from this repository's apps: correct apps pass the check, and faults are reported under the right rules.
import type { CheckOptions } from "../../src/check/check.ts";
import { expect, findingsOf, type Report, test } from "../support/check.ts";
import { type Fault, type Habit, listOf, softphone } from "../support/faulty-softphone.ts";
import { acknowledge, minimalApp } from "../support/simulator.ts";
import * as userActions from "./softphone.actions.ts";

const timeoutMs = 6000;
const resultsOf = ({ scenarios }: Report) => scenarios.map(({ name, result, reason }) => [name, result, reason ?? ""]);

const { placeCall: _, ...withoutPlaceCall } = userActions;

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
    ["does not answer SYNC in the widget", "dials late"],
    ["handshake: no owner", "navigation: engagementId", "call: outbound"],
    { userActions: withoutPlaceCall },
  ],
];
for (const [names, scenarios, options] of habits) {
  test(`passes an app that ${names.join(" and that ")}`, async ({ checkPage }) => {
    const { report } = await checkPage(softphone(...names), scenarios, { userActions, timeoutMs, ...options });
    const all = ["framing", "handshake", ...scenarios];
    expect(findingsOf(report)).toEqual(all.map((name) => [name]));
    expect(resultsOf(report)).toEqual(all.map((name) => [name, "passed", ""]));
  });
}

const faults: [faults: Fault[], findings: { [scenario: string]: RegExp }][] = [
  [
    ["only echoes the engagementId", "makes calls from silent frames", "sends the call's duration in seconds"],
    {
      "iframeLocation: window, usesCallingWindow: false": /^window-speaks: the window sent INCOMING_CALL$/,
      "call: outbound": /^not-milliseconds: .*"\d"/,
      "call: navigation": /^engagement-forgotten: /,
    },
  ],
  [["loses its login"], { navigation: /^login-lost: /, "call: navigation": /^login-lost: / }],
  [["never ends a call"], { "call: from another page": /^never-ended: / }],
];
for (const [names, expected] of faults) {
  test(`reports only the expected findings about an app that ${listOf(names)}`, async ({ checkPage }) => {
    const { report } = await checkPage(softphone(...names), Object.keys(expected), { userActions, timeoutMs });
    expect(findingsOf(report)).toEqual([
      ["framing"],
      ["handshake"],
      ...Object.entries(expected).map(([name, finding]) => [name, expect.stringMatching(finding)]),
    ]);
  });
}

test("makes a call in the remote and in the calling window if the app may send messages there, even after an unhandled rejection at startup", async ({
  checkPage,
}) => {
  const places = [
    "iframeLocation: remote, usesCallingWindow: false",
    "iframeLocation: window, usesCallingWindow: true",
  ];
  const { receiveCall: _, ...outboundOnly } = userActions;
  const html = softphone("never completes a call", "rejects a promise at startup");
  const options = { userActions: outboundOnly, timeoutMs: 3000 };
  const { report } = await checkPage(html, ["visibility", ...places], options);
  const uncaught = expect.stringMatching(/^uncaught: .*no microphone/);
  expect(findingsOf(report)).toEqual([
    ["framing"],
    ["handshake", uncaught],
    ["visibility", uncaught],
    ...places.map((name) => [name, uncaught, expect.stringMatching(/^ghost-call: /)]),
  ]);
});

test("tries no other scenario if the app does not become ready in any place", async ({ checkPage }) => {
  const { report } = await checkPage(minimalApp(acknowledge), ["visibility"], { timeoutMs: 1000 });
  expect(resultsOf(report)).toEqual([
    ["framing", "passed", ""],
    ["handshake", "failed", ""],
    ["visibility", "not tried", "the first handshake failed"],
  ]);
});

test("does not report an unfinished call if the scenario ends because the app requested no engagement", async ({
  checkPage,
}) => {
  const html = softphone("requests no engagement");
  const { report } = await checkPage(html, ["call: navigation"], { userActions, timeoutMs });
  expect(resultsOf(report).at(-1)).toEqual(["call: navigation", "not tried", "the app did not request an engagement"]);
  expect(report.findings).toEqual([]);
});

test("fails if no call could be tried although there are user actions", async ({ checkPage }) => {
  const options = { userActions, timeoutMs: 1500 };
  const { report } = await checkPage(softphone("never logs in"), ["call: outbound", "call: END_CALL"], options);
  expect(report.result).toBe("failed");
  expect(findingsOf(report)).toEqual([
    ["framing"],
    ["handshake"],
    ["call: outbound", expect.stringMatching(/^no-call-tried: .*the app's user is not logged in; add logIn/)],
    ["call: END_CALL"],
  ]);
});

test("tries inbound calls even if the app does not report that the user has logged in", async ({ checkPage }) => {
  const options = { userActions: { ...userActions, logIn: async () => {} }, timeoutMs: 1500 };
  const { report } = await checkPage(softphone("never logs in"), ["call: inbound"], options);
  expect(findingsOf(report).at(-1)).toEqual([
    "call: inbound",
    expect.stringMatching(/^message-not-sent: logIn: /),
    expect.stringMatching(/^not-logged-in: incomingCall /),
  ]);
  expect(report.findings).toHaveLength(2);
});

test("reports old-sdk instead of uncaught for the error that SDK 0.0.6 throws if an event has no handler", async ({
  checkPage,
}) => {
  const thrown = "No event handler is available to handle message of type: VISIBILITY_CHANGED";
  const script = `<script>
    addEventListener("message", ({ data }) => {
      if (data.type === "VISIBILITY_CHANGED") throw new Error(${JSON.stringify(thrown)});
    });
  </script>`;
  const { report } = await checkPage(softphone() + script, ["visibility"]);
  expect(new Set(report.findings.map(({ severity, rule }) => `${severity} ${rule}`))).toEqual(
    new Set(["warning old-sdk"]),
  );
});

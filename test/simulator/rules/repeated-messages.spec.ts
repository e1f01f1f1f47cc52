// Findings about wrong ids and repeated messages, and about several calls, apps and tabs.
import { expect, test } from "@playwright/test";
import {
  answered,
  app,
  call,
  closed,
  completed,
  ended,
  found,
  hubspot,
  ids,
  initialized,
  onTimeline,
  over,
  rulesOf,
  running,
  sdk,
} from "../../support/rule-steps.ts";

const failed = hubspot("CREATE_ENGAGEMENT_FAILED", { error: { message: "no" } });

for (const [type, method] of [
  ["CALL_ENDED", "callEnded"],
  ["CALL_COMPLETED", "callCompleted"],
  ["FINALIZE_ENGAGEMENT", "finalizeEngagement"],
  ["PUBLISH_TO_CHANNEL", "publishToChannel"],
] as const) {
  test(`reports ${method} with an engagementId that no call has`, () => {
    const before = type === "CALL_ENDED" ? running : over;
    const unknown = `unknown-call: ${method}: no call has the engagementId 8`;
    expect(found(...before, app(type, { ...ids, engagementId: 8 }))).toContain(unknown);
  });
}

test("accepts one callEnded after a callEnded without ids, and reports the next one", () => {
  const twice = 'out-of-order: callEnded was sent for call "a" twice';
  const nameless = app("CALL_ENDED", {});
  expect(found(...running, answered, nameless, ended)).not.toContain(twice);
  expect(found(...running, answered, nameless, ended, ended)).toContain(twice);
});

test("measures a call from its first callAnswered, even if the app repeats callAnswered", () => {
  const answerAt = (at: number) => app("CALL_ANSWERED", { externalCallId: "a" }, { at });
  const lasting = (hs_call_duration: string) => [
    ...[...running, answerAt(1000), answerAt(5900), app("CALL_ENDED", ids, { at: 6000 })],
    app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_duration } }),
  ];
  expect(rulesOf(...lasting("5"))).toEqual(["warning out-of-order", "warning not-milliseconds"]);
  expect(rulesOf(...lasting("5000"))).toEqual(["warning out-of-order"]);
});

test("assigns a failed engagement to the call that requested it, not to the newest call", () => {
  const steps = [
    ...[initialized, app("OUTGOING_CALL_STARTED", call("a")), app("CALL_ENDED", { externalCallId: "a" })],
    ...[app("OUTGOING_CALL_STARTED", call("b", { createEngagement: false })), failed],
    ...[app("CALL_ENDED", { externalCallId: "b" }), app("CALL_COMPLETED", { externalCallId: "b" })],
  ];
  expect(rulesOf(...steps)).toEqual(["error ghost-call", "error no-engagement"]);
});

test("forgets an app's SDK version when the next app reports its version", () => {
  const start = [initialized, app("OUTGOING_CALL_STARTED", { externalCallId: "a", toNumber: "+18005550102" })];
  const missing = "missing-field: outgoingCall: fromNumber is missing";
  expect(found(sdk("0.1.12"), ...start)).not.toContain(missing);
  expect(found(sdk("0.1.12"), sdk("0.9.7"), ...start)).toContain(missing);
});

test("reports a ghost call if this tab ends another tab's call and does not complete it", () => {
  const elsewhere = [onTimeline(7, "a"), initialized, answered, ended];
  expect(rulesOf(...elsewhere, closed)).toEqual(["error ghost-call"]);
  expect(rulesOf(...elsewhere, completed, closed)).toEqual([]);
});

test("reports each message type only once if a silent frame sends messages when no call is in progress", () => {
  const silent = { silentFrame: "window" } as const;
  const types = ["USER_AVAILABLE", "LOGGED_IN", "USER_AVAILABLE"];
  expect(found(...types.map((type) => app(type, undefined, silent)))).toEqual([
    "window-speaks: the window sent USER_AVAILABLE",
    "window-speaks: the window sent LOGGED_IN",
  ]);
});

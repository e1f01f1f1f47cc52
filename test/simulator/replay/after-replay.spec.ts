// A replay and its calls do not affect the real calls before and after the replay.
import { expect, test } from "@playwright/test";
import { type InWindow, withApp } from "../../support/fake-window.ts";
import { call } from "../../support/rule-steps.ts";

/** Replays the start of a call, as if the user stopped the replay during the call. */
function replayCall({ session, app }: InWindow, externalCallId = "replayed"): number {
  session.isReplaying = true;
  const engagementId = session.newEngagementId();
  session.send("DIAL_NUMBER", {});
  app("OUTGOING_CALL_STARTED", call(externalCallId));
  session.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId });
  app("CALL_ANSWERED", { externalCallId });
  return engagementId;
}

const leave: { [what: string]: (tab: InWindow, engagementId: number) => void } = {
  "is in progress": () => {},
  "has ended": ({ app }, engagementId) =>
    app("CALL_ENDED", { externalCallId: "replayed", engagementId, callEndStatus: "COMPLETED" }),
  "has ended without its engagementId": ({ app }) => app("CALL_ENDED", { externalCallId: "replayed" }),
};
for (const [what, act] of Object.entries(leave)) {
  for (const type of ["OUTGOING_CALL_STARTED", "INCOMING_CALL"]) {
    for (const reloads of [true, false]) {
      test(`reports nothing if ${type} ${reloads ? "after a reload " : ""}follows a replay whose call ${what}`, () =>
        withApp({}, (tab) => {
          const engagementId = replayCall(tab);
          tab.session.isReplaying = false;
          act(tab, engagementId);
          if (reloads) {
            tab.session.reload();
            tab.initialize();
          }
          tab.app(type, call("real"));
          const real = { externalCallId: "real", engagementId: tab.engagements.all()[0]?.engagementId };
          tab.app("CALL_ANSWERED", { externalCallId: "real" });
          tab.app("CALL_ENDED", { ...real, callEndStatus: "COMPLETED" });
          tab.app("CALL_COMPLETED", { ...real, hideWidget: false });
          tab.session.close();
          expect(tab.rules()).toEqual([]);
          expect(tab.engagements.all()).toMatchObject([{ state: "completed" }]);
        }));
    }
  }
}

test("names only the replay's calls in findings about messages without ids", () =>
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call("real"));
    tab.session.isReplaying = true;
    tab.app("CALL_TRANSFERRED", {});
    expect(tab.session.findings.at(-1)?.message).toBe("callTransferred: externalCallId is missing");
    replayCall(tab);
    tab.app("CALL_TRANSFERRED", {});
    expect(tab.session.findings.at(-1)?.message).toContain('probably about call "replayed"');
  }));

test("does not wait for the end of a replayed call after the replay or after a reload", () =>
  withApp({}, (tab) => {
    replayCall(tab);
    tab.session.send("END_CALL");
    tab.session.isReplaying = false;
    tab.wait(60_000);
    expect(tab.rules()).toEqual([]);
    expect(tab.session.isCalling, "the app still has the call").toBe(true);
    tab.session.reload();
    tab.initialize();
    expect(tab.session.isCalling).toBe(false);
    expect(tab.ready()).not.toHaveProperty("engagementId");
  }));

test("reports nothing about a real call that is in progress during a replay", () =>
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call("real"));
    const ids = { externalCallId: "real", engagementId: tab.engagements.all()[0]?.engagementId };
    replayCall(tab);
    tab.session.isReplaying = false;
    tab.session.reload();
    tab.initialize();
    expect(tab.ready()).toMatchObject({ engagementId: ids.engagementId });
    tab.app("CALL_ENDED", { ...ids, callEndStatus: "CANCELED" });
    tab.app("CALL_COMPLETED", { ...ids, hideWidget: false });
    tab.session.close();
    expect(tab.rules()).toEqual([]);
  }));

test("reports nothing if an app uses the externalCallId from an earlier replay again", () =>
  withApp({}, (tab) => {
    for (const _ of ["the first replay", "the second replay"]) {
      const engagementId = replayCall(tab, "1");
      tab.app("CALL_ENDED", { externalCallId: "1", engagementId, callEndStatus: "COMPLETED" });
      tab.app("CALL_COMPLETED", { externalCallId: "1", engagementId, hideWidget: false });
      tab.session.isReplaying = false;
      tab.session.reload();
      tab.initialize();
    }
    expect(tab.rules()).toEqual([]);
  }));

test("reports nothing if an app uses a replayed call's externalCallId again", () =>
  withApp({}, (tab) => {
    replayCall(tab, "1");
    tab.session.isReplaying = false;
    tab.session.reload();
    tab.initialize();
    tab.app("OUTGOING_CALL_STARTED", call("1"));
    expect(tab.rules()).toEqual([]);
  }));

test("reports the mistakes during a replay", () =>
  withApp({}, (tab) => {
    replayCall(tab, "a");
    replayCall(tab, "b");
    tab.app("OUTGOING_CALL_STARTED", call("c"));
    expect(tab.rules()).toContain("never-ended");
  }));

test("lists the replayed calls with their own times and ids, but not on the timeline", () =>
  withApp({}, (tab) => {
    const engagementId = replayCall(tab);
    const started = tab.session.messages.find(({ type }) => type === "OUTGOING_CALL_STARTED");
    expect(tab.session.callsWithReplayed).toMatchObject([
      { externalCallId: "replayed", engagementId, direction: "OUTBOUND", createdAt: started?.at },
    ]);
    expect(tab.engagements.all()).toEqual([]);
  }));

test("sends a replayed call's engagementId in READY only during the replay", () =>
  withApp({}, (tab) => {
    const engagementId = replayCall(tab);
    tab.session.resumeInReplay(engagementId);
    tab.session.reload();
    tab.initialize();
    expect(tab.ready()).toMatchObject({ engagementId });
    tab.session.isReplaying = false;
    tab.session.reload();
    tab.initialize();
    expect(tab.ready()).not.toHaveProperty("engagementId");
    expect(tab.rules()).toEqual([]);
  }));

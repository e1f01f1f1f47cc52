// Calls in a session: replies, findings after a time limit or after the app is closed, and resumption by the app's next page.
import { expect, test } from "@playwright/test";
import type { MessageType } from "../../../src/protocol/message-types.ts";
import { sampleRecords as records } from "../../../src/simulator/crm/sample-records.ts";
import { type InWindow, withApp } from "../../support/fake-window.ts";
import { call, objectCoordinates } from "../../support/rule-steps.ts";

test("can send its replies to outgoingCall twice, including the deprecated event", () =>
  withApp({ twice: true, sendsDeprecated: true }, ({ app, sent, frames }) => {
    app("OUTGOING_CALL_STARTED", call());
    const created = ["CREATE_ENGAGEMENT_SUCCEEDED", "ENGAGEMENT_CREATED"].flatMap((type) => [type, type]);
    expect(sent().slice(1)).toEqual(created);
    expect(frames[0]?.received.map(({ type }) => type).slice(-4), "the app receives both events twice").toEqual(
      created,
    );
  }));

const repeatedEvents =
  "; the simulator sends every event twice (Session tab), so the app may have handled one event twice";
for (const [twice, cause] of [
  [true, repeatedEvents],
  [false, ""],
] as const) {
  test(`${twice ? "names" : "does not name"} repeated events as the cause of a finding if \`twice\` is ${twice}`, () =>
    withApp({ twice }, ({ app, session, engagements }) => {
      app("OUTGOING_CALL_STARTED", call());
      const ids = { externalCallId: "a", engagementId: engagements.all()[0]?.engagementId };
      session.send("END_CALL");
      for (const _ of [1, 2]) app("CALL_ENDED", { ...ids, callEndStatus: "CANCELED" });
      expect(session.findings.map(({ message }) => message)).toEqual([`callEnded was sent for call "a" twice${cause}`]);
    }));
}

test("sends an event only once during a replay, even if `twice` is set, because a log recorded with `twice` already contains the event twice", () =>
  withApp({ twice: true }, ({ session, sent }) => {
    session.isReplaying = true;
    session.send("END_CALL");
    expect(sent().filter((type) => type === "END_CALL")).toHaveLength(1);
  }));

const failures: [type: MessageType, failure: string][] = [
  ["OUTGOING_CALL_STARTED", "CREATE_ENGAGEMENT_FAILED"],
  ["INCOMING_CALL", "CALLER_ID_MATCH_FAILED"],
  ["CALL_COMPLETED", "UPDATE_ENGAGEMENT_FAILED"],
  ["FINALIZE_ENGAGEMENT", "FINALIZE_ENGAGEMENT_FAILED"],
  ["PUBLISH_TO_CHANNEL", "PUBLISH_TO_CHANNEL_FAILED"],
  ["NAVIGATE_TO_RECORD", "NAVIGATE_TO_RECORD_FAILED"],
  ["SET_WIDGET_URL", "SET_WIDGET_URL_FAILED"],
];

test("can turn every reply into a failure, or suppress it", () =>
  withApp({}, ({ session, app, sent, frames }) => {
    const more = { engagementProperties: {}, hideWidget: false, objectCoordinates, iFrameUrl: "http://localhost/" };
    const answersTo = (type: string) => {
      const before = sent().length;
      app(type, { ...call(), ...more });
      return sent().slice(before);
    };
    for (const [type, failure] of failures) {
      session.answer(type, "never");
      expect(answersTo(type), type).toEqual([]);
      session.answer(type, "fail");
      expect(answersTo(type)[0], type).toBe(failure);
    }
    expect(frames, "no other page was loaded").toHaveLength(1);
  }));

test("replies with a failure for an unknown engagement or record, and does not reload the app", () =>
  withApp({}, ({ app, sent, frames }) => {
    const ids = { externalCallId: "a", engagementId: 0 };
    app("CALL_COMPLETED", { ...ids, engagementProperties: { hs_call_body: "Notes" }, hideWidget: false });
    app("FINALIZE_ENGAGEMENT", ids);
    app("PUBLISH_TO_CHANNEL", { ...ids, engagementId: 4711 });
    app("NAVIGATE_TO_RECORD", { objectCoordinates: { ...objectCoordinates, objectId: 4711 } });
    app("NAVIGATE_TO_RECORD", { objectCoordinates: { ...objectCoordinates, portalId: Number.NaN } });
    expect(sent()).toEqual([
      "READY",
      "UPDATE_ENGAGEMENT_FAILED",
      "FINALIZE_ENGAGEMENT_FAILED",
      "PUBLISH_TO_CHANNEL_FAILED",
      "NAVIGATE_TO_RECORD_FAILED",
      "NAVIGATE_TO_RECORD_FAILED",
    ]);
    expect(frames).toHaveLength(1);
  }));

test("sends a late reply to the app that sent the message, but not to the next app", () =>
  withApp({}, ({ session, app, sent, wait, open, initialize, engagements }) => {
    session.answer("OUTGOING_CALL_STARTED", "succeed", 20_000);
    app("OUTGOING_CALL_STARTED", call());
    wait(19_999);
    expect(sent()).toEqual(["READY"]);
    wait(1);
    expect(sent(), "the app that sent the message receives the reply").toEqual([
      "READY",
      "CREATE_ENGAGEMENT_SUCCEEDED",
    ]);
    app("OUTGOING_CALL_STARTED", call());
    open("another");
    initialize();
    wait(20_000);
    expect(sent().slice(2)).toEqual(["READY"]);
    expect(engagements.all()).toHaveLength(1);
  }));

/** Formats each finding as its severity, its rule and the type of its message. */
const findingTexts = ({ session: { findings, messages } }: InWindow) =>
  findings.map(({ rule, severity, about = -1 }) => `${severity} ${rule} of ${messages[about]?.type}`);

test("reports an ignored END_CALL once, after the time limit", () => {
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.session.send("END_CALL");
    tab.wait(29_999);
    expect(tab.rules()).toEqual([]);
    tab.wait(1);
    expect(findingTexts(tab)).toEqual(["warning end-call-ignored of END_CALL"]);
    tab.session.close();
    expect(tab.rules()).toEqual(["end-call-ignored", "never-ended"]);
  });
  withApp({ timeout: 5000 }, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.session.send("END_CALL");
    tab.wait(5000);
    expect(tab.session.findings[0]?.message).toContain("within 5000 ms");
  });
});

test("explains which call to end if END_CALL contains the call's ids", () =>
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.app("INCOMING_CALL", call("b"));
    tab.session.send("END_CALL", { externalCallId: "b" });
    tab.wait(30_000);
    expect(findingTexts(tab)).toEqual(["warning end-call-ignored of END_CALL"]);
    expect(tab.session.findings[0]?.remedy).toContain("end the call whose ids the event contains");
  }));

const obeyed: { [what: string]: (tab: InWindow) => void } = {
  "ended the call": ({ app }) =>
    app("CALL_ENDED", { externalCallId: "a", engagementId: 1, callEndStatus: "COMPLETED" }),
  "was reloaded": ({ session }) => session.reload(),
  "was closed": ({ session }) => session.close(),
  "was replaced by another app": ({ open }) => open("another"),
};
for (const [what, action] of Object.entries(obeyed)) {
  test(`does not report an ignored END_CALL if the app ${what}`, () =>
    withApp({}, (tab) => {
      tab.app("OUTGOING_CALL_STARTED", call());
      tab.session.send("END_CALL");
      tab.wait(1000);
      action(tab);
      tab.wait(60_000);
      expect(tab.rules()).not.toContain("end-call-ignored");
    }));
}

test("does not extend the time limit when it sends END_CALL again", () =>
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.session.send("END_CALL");
    tab.wait(20_000);
    tab.session.send("END_CALL");
    tab.wait(10_000);
    expect(tab.rules()).toEqual(["end-call-ignored"]);
    tab.wait(60_000);
    expect(tab.rules()).toEqual(["end-call-ignored"]);
  }));

test("does not treat another tab's call as this session's call in progress", () =>
  withApp({}, ({ app, session, engagements }) => {
    const engagementId = engagements.create("elsewhere", "INBOUND", {});
    app("CALL_ANSWERED", { externalCallId: "elsewhere", engagementId });
    expect(engagements.all()[0]?.state).toBe("answered");
    expect(session.isCalling).toBe(false);
  }));

test("hides the widget after callCompleted, unless hideWidget is false, and shows it when the user dials", () =>
  withApp({}, ({ app, session }) => {
    const [record] = records;
    const [phone] = record?.numbers ?? [];
    app("CALL_COMPLETED", { hideWidget: false });
    expect(session.visibility.isHidden).toBe(false);
    app("CALL_COMPLETED", {});
    expect(session.visibility.isHidden).toBe(true);
    if (record && phone) session.dial({ record, phone, page: record });
    expect(session.visibility.isHidden).toBe(false);
  }));

test("reports a call in progress when the app is closed, but not when the app is reloaded", () =>
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.session.reload();
    tab.initialize();
    expect(tab.rules()).toEqual([]);
    expect(tab.session.isCalling).toBe(true);
    tab.session.close();
    expect(findingTexts(tab)).toEqual(["error never-ended of OUTGOING_CALL_STARTED"]);
    expect(tab.session.isCalling).toBe(false);
  }));

test("names the record of a call in progress only if the record has the number", () => {
  for (const [number, expected] of [
    ["+1 (800) 555-0151", { objectTypeId: "0-1", objectId: 51 }],
    ["+49 30 123456", undefined],
  ] as const) {
    withApp({}, ({ app, session, engagements }) => {
      const [record] = records;
      if (record) session.dial({ record, phone: { number, property: "phone" }, page: record });
      app("OUTGOING_CALL_STARTED", call("a", { toNumber: number }));
      expect(session.calls.map(({ record, ...rest }) => [rest.number, record])).toEqual([[number, expected]]);
      expect(engagements.all()[0]?.record, "the timeline").toEqual({ objectTypeId: "0-1", objectId: 51 });
    });
  }
});

test("marks calls that the app never completed as ghost calls, and second engagements as duplicates", () =>
  withApp({}, (tab) => {
    const ended = { externalCallId: "a", callEndStatus: "CANCELED" };
    const engagementId = () => tab.engagements.all().at(-1)?.engagementId;
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.app("CALL_ENDED", { ...ended, engagementId: engagementId() });
    tab.app("OUTGOING_CALL_STARTED", call("b"));
    expect(tab.engagements.all().map(({ ghost }) => ghost)).toEqual([true, false]);
    tab.app("OUTGOING_CALL_STARTED", call("b"));
    expect(tab.engagements.all().map(({ duplicate }) => duplicate)).toEqual([false, false, true]);
    tab.app("CALL_ENDED", { ...ended, externalCallId: "b", engagementId: engagementId() });
    tab.session.close();
    expect(tab.engagements.all().map(({ ghost }) => ghost)).toEqual([true, false, true]);
    expect(tab.rules()).toEqual(["ghost-call", "duplicate-engagement", "ghost-call"]);
  }));

test("sends no replies during a replay", () =>
  withApp({}, ({ session, app, sent }) => {
    session.isReplaying = true;
    app("OUTGOING_CALL_STARTED", call());
    expect(sent()).toEqual(["READY"]);
  }));

test("sends the engagementId in READY if a page loads during a call, but not after the call ends", () =>
  withApp({}, ({ app, session, initialize, ready, engagements, sent, frames, listen }) => {
    const navigations = listen("navigation");
    app("OUTGOING_CALL_STARTED", call());
    const { engagementId } = engagements.all()[0] ?? {};
    app("NAVIGATE_TO_RECORD", { objectCoordinates, openIn: "NEW_TAB" });
    expect([frames.length, navigations.at(-1)?.newTab], "no frame opens in this tab").toEqual([1, true]);
    app("NAVIGATE_TO_RECORD", { objectCoordinates });
    expect([frames.length, navigations.at(-1)?.newTab]).toEqual([2, false]);
    initialize();
    expect(sent().at(-1)).toBe("READY");
    expect(ready()).toMatchObject({ engagementId });
    app("CALL_ENDED", { externalCallId: "a", engagementId, callEndStatus: "COMPLETED" });
    session.reload();
    initialize();
    expect(ready()).not.toHaveProperty("engagementId");
  }));

test("resumes another page's call after a navigation, even if navigateToRecord identifies the call only by its engagementId", () =>
  withApp({}, ({ app, initialize, ready, engagements }) => {
    const engagementId = engagements.create("elsewhere", "INBOUND", {});
    app("NAVIGATE_TO_RECORD", { objectCoordinates, engagementId });
    initialize();
    expect(ready()).toMatchObject({ engagementId });
  }));

// What becomes of calls in a session: how they are answered, what is found by the clock and at the close, and how they go
// on in another page of the app.
import { expect, test } from "@playwright/test";
import type { MessageType } from "../../../src/protocol/message-types.ts";
import { records } from "../../../src/simulator/session/crm-records.ts";
import { type InWindow, withApp } from "../../support/fake-window.ts";
import { call, objectCoordinates } from "../../support/rule-steps.ts";

test("every event can come twice, and the deprecated one too", () =>
  withApp({ twice: true, sendsDeprecated: true }, ({ app, sent, frames }) => {
    app("OUTGOING_CALL_STARTED", call());
    const created = ["CREATE_ENGAGEMENT_SUCCEEDED", "ENGAGEMENT_CREATED"].flatMap((type) => [type, type]);
    expect(sent().slice(1)).toEqual(created);
    expect(frames[0]?.received.map(({ type }) => type).slice(-4), "to the app, too").toEqual(created);
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

test("every answer can be set to fail, and to never come", () =>
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
    expect(frames, "nothing was loaded").toHaveLength(1);
  }));

test("what HubSpot does not have, it does not confirm, and nothing reloads", () =>
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

test("a late answer is for the app that asked, not for the next", () =>
  withApp({}, ({ session, app, sent, wait, open, initialize, engagements }) => {
    session.answer("OUTGOING_CALL_STARTED", "succeed", 20_000);
    app("OUTGOING_CALL_STARTED", call());
    wait(19_999);
    expect(sent()).toEqual(["READY"]);
    wait(1);
    expect(sent(), "the app that is still there has it").toEqual(["READY", "CREATE_ENGAGEMENT_SUCCEEDED"]);
    app("OUTGOING_CALL_STARTED", call());
    open("another");
    initialize();
    wait(20_000);
    expect(sent().slice(2)).toEqual(["READY"]);
    expect(engagements.all()).toHaveLength(1);
  }));

/** What was found, with the type of the message that it is about. */
const found = ({ session: { findings, messages } }: InWindow) =>
  findings.map(({ rule, severity, about = -1 }) => `${severity} ${rule} of ${messages[about]?.type}`);

test("END_CALL is waited for as long as it is set, and a call that it did not end is told once", () => {
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.session.send("END_CALL");
    tab.wait(29_999);
    expect(tab.rules()).toEqual([]);
    tab.wait(1);
    expect(found(tab)).toEqual(["error end-call-ignored of END_CALL"]);
    tab.session.close();
    expect(tab.rules()).toEqual(["end-call-ignored"]);
  });
  withApp({ timeout: 5000 }, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.session.send("END_CALL");
    tab.wait(5000);
    expect(tab.session.findings[0]?.message).toContain("within 5000 ms");
  });
});

const heeded: { [what: string]: (tab: InWindow) => void } = {
  "ended the call": ({ app }) =>
    app("CALL_ENDED", { externalCallId: "a", engagementId: 1, callEndStatus: "COMPLETED" }),
  "was loaded anew": ({ session }) => session.reload(),
  "was closed": ({ session }) => session.close(),
  "gave way to another": ({ open }) => open("another"),
};
for (const [what, deed] of Object.entries(heeded)) {
  test(`END_CALL is not waited for when the app ${what}`, () =>
    withApp({}, (tab) => {
      tab.app("OUTGOING_CALL_STARTED", call());
      tab.session.send("END_CALL");
      tab.wait(1000);
      deed(tab);
      tab.wait(60_000);
      expect(tab.rules()).not.toContain("end-call-ignored");
    }));
}

test("END_CALL that is sent again has no more time than the first", () =>
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

test("a call that another tab began does not keep the user of this one", () =>
  withApp({}, ({ app, session, engagements }) => {
    const engagementId = engagements.create("elsewhere", "INBOUND", {});
    app("CALL_ANSWERED", { externalCallId: "elsewhere", engagementId });
    expect(engagements.all()[0]?.state).toBe("answered");
    expect(session.isCalling).toBe(false);
  }));

test("the widget hides when a call is completed, unless the app wants it to stay, and comes back to dial", () =>
  withApp({}, ({ app, session }) => {
    const [record] = records;
    const [phone] = record?.numbers ?? [];
    app("CALL_COMPLETED", { hideWidget: false });
    expect(session.visibility.isHidden).toBe(false);
    app("CALL_COMPLETED", {});
    expect(session.visibility.isHidden).toBe(true);
    if (record && phone) session.dial(record, phone);
    expect(session.visibility.isHidden).toBe(false);
  }));

test("a call that never ended is told at the close, of the message that started it; a reload ends nothing", () =>
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.session.reload();
    tab.initialize();
    expect(tab.rules()).toEqual([]);
    expect(tab.session.isCalling).toBe(true);
    tab.session.close();
    expect(found(tab)).toEqual(["error never-ended of OUTGOING_CALL_STARTED"]);
    expect(tab.session.isCalling).toBe(false);
  }));

test("a call that is never completed is a ghost, before the next or at the close, a second engagement a duplicate", () =>
  withApp({}, (tab) => {
    const ended = { externalCallId: "a", callEndStatus: "COMPLETED" };
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

test("nothing is answered while a log is played, whose answers it holds", () =>
  withApp({}, ({ session, app, sent }) => {
    session.isReplaying = true;
    app("OUTGOING_CALL_STARTED", call());
    expect(sent()).toEqual(["READY"]);
  }));

test("the page that loads in mid-call is told of the call, and one that loads after its end is not", () =>
  withApp({}, ({ app, session, initialize, ready, engagements, sent, frames, listen }) => {
    const navigations = listen("navigation");
    app("OUTGOING_CALL_STARTED", call());
    const { engagementId } = engagements.all()[0] ?? {};
    app("NAVIGATE_TO_RECORD", { objectCoordinates, openIn: "NEW_TAB" });
    expect([frames.length, navigations.at(-1)?.newTab], "in this tab none does").toEqual([1, true]);
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

test("a call that another page began goes with the navigation, be it by its engagement alone", () =>
  withApp({}, ({ app, initialize, ready, engagements }) => {
    const engagementId = engagements.create("elsewhere", "INBOUND", {});
    app("NAVIGATE_TO_RECORD", { objectCoordinates, engagementId });
    initialize();
    expect(ready()).toMatchObject({ engagementId });
  }));

// A session by itself: what it sends and answers, what it finds by the clock or at the end, and what another page of the
// app changes. Whole calls in the real page are in session-page.spec.ts.
import { expect, test } from "@playwright/test";
import type { MessageType } from "../../../src/hubspot/session/answers.ts";
import { openEngagements } from "../../../src/hubspot/session/engagements.ts";
import { openSession, type Settings, type View } from "../../../src/hubspot/session/session.ts";
import { call, objectCoordinates } from "./contract-steps.ts";
import { type InWindow, inWindow } from "./fake-window.ts";

const sync = { portalId: 62515, userId: 9, ownerId: 42, iframeLocation: "widget", usesCallingWindow: true };
const { userId: _, ...withoutUser } = sync;
const { ownerId: __, ...withoutOwner } = sync;
const syncs: [what: string, settings: Partial<Settings>, fields: object][] = [
  ["as it is", {}, sync],
  ["without an owner", { withoutOwner: true }, withoutOwner],
  ["without a user", { withoutUser: true, portalId: 7 }, { ...withoutUser, portalId: 7 }],
  [
    "as a remote",
    { iframeLocation: "remote", usesCallingWindow: false },
    { ...sync, iframeLocation: "remote", usesCallingWindow: false },
  ],
];
for (const [what, settings, fields] of syncs) {
  test(`SYNC ${what}`, () =>
    inWindow(settings, ({ open, initialize, ready }) => {
      open();
      initialize();
      expect(ready()).toEqual({ ...fields, hostUrl: "http://127.0.0.1:9026" });
    }));
}

test("SYNC comes late, and never", () => {
  inWindow({ syncDelay: 3000 }, ({ open, load, syncs, wait }) => {
    open();
    load();
    wait(2900);
    expect(syncs()).toHaveLength(0);
    wait(200);
    expect(syncs().length).toBeGreaterThan(0);
  });
  inWindow({ syncDelay: Number.POSITIVE_INFINITY, timeout: 600_000 }, ({ open, load, syncs, wait, told }) => {
    open();
    load();
    wait(599_000);
    expect(told("unanswered")).toHaveLength(0);
    wait(1000);
    expect([syncs().length, told("unanswered").length]).toEqual([0, 1]);
  });
});

/** A session whose app has said initialized. */
const withApp = (settings: Partial<Settings>, body: (session: InWindow) => void) =>
  inWindow(settings, (session) => {
    session.open();
    session.initialize();
    body(session);
  });

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

test("a call that never ended is told at the close, of the message that started it; a reload ends nothing", () =>
  withApp({}, (tab) => {
    tab.app("OUTGOING_CALL_STARTED", call());
    tab.session.reload();
    tab.initialize();
    expect(tab.rules()).toEqual([]);
    expect(tab.session.busy()).toContain("A call is under way");
    tab.session.close();
    expect(found(tab)).toEqual(["error never-ended of OUTGOING_CALL_STARTED"]);
    expect(tab.session.busy()).toBeUndefined();
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

test("who was logged in is forgotten when the app is loaded anew, closed, or gives way to another", () => {
  const deeds: ((tab: InWindow) => void)[] = [
    ({ session }) => session.reload(),
    ({ session }) => session.close(),
    ({ open }) => open("another"),
    ({ load }) => load(), // by itself
  ];
  for (const deed of deeds) {
    withApp({}, (tab) => {
      tab.acknowledge();
      tab.app("LOGGED_IN");
      expect(tab.session.isLoggedIn()).toBe(true);
      deed(tab);
      expect(tab.session.isLoggedIn(), `${deed}`).toBe(false);
      expect(tab.told("loggedIn").at(-1)).toEqual([false]);
    });
  }
});

test("the next app is shown, were the last one hidden or minimised", () =>
  withApp({}, ({ session, open, told, sent }) => {
    for (const hidden of [
      { isHidden: true, isMinimized: false },
      { isHidden: false, isMinimized: true },
    ]) {
      session.show(hidden);
      expect(told("visible").at(-1)).toEqual([hidden]);
      expect(sent().at(-1)).toBe("VISIBILITY_CHANGED");
      open(JSON.stringify(hidden));
      expect(told("visible").at(-1)).toEqual([{ isHidden: false, isMinimized: false }]);
      expect(session.visibility()).toEqual({ isHidden: false, isMinimized: false });
    }
  }));

test("initialized is waited for only as long as its app is there", () => {
  inWindow({}, ({ open, acknowledge, wait, rules, session }) => {
    open();
    acknowledge();
    wait(29_999);
    expect(rules()).toEqual([]);
    wait(1);
    expect(rules()).toEqual(["not-initialized"]);
    expect(session.findings[0]?.message).toContain("30000 ms");
  });
  const deeds: ((tab: InWindow) => void)[] = [
    ({ session }) => session.reload(),
    ({ session }) => session.close(),
    ({ open }) => open("another"),
    ({ app }) => app("INITIALIZED", { isLoggedIn: true }),
  ];
  for (const deed of deeds) {
    inWindow({}, (tab) => {
      tab.open();
      tab.acknowledge();
      deed(tab);
      tab.wait(60_000);
      expect(tab.rules(), `${deed}`).toEqual([]);
    });
  }
  inWindow({ iframeLocation: "remote" }, ({ open, acknowledge, wait, rules }) => {
    open();
    acknowledge();
    wait(60_000);
    expect(rules(), "an app that is to be silent").toEqual([]);
  });
});

test("another app ends what the one before it had, the same one again goes on; each page is told, and a closed one", () =>
  withApp({}, ({ session, app, open, rules, told }) => {
    app("OUTGOING_CALL_STARTED", call());
    open();
    expect(rules(), "the same").toEqual([]);
    open("another");
    expect(rules()).toEqual(["never-ended"]);
    expect(told("framed").map(([url]) => url)).toEqual(
      ["", "", "another"].map((path) => `http://localhost:9026/${path}`),
    );
    expect(session.isOpen()).toBe(true);
    session.close();
    expect(session.isOpen()).toBe(false);
    session.send("END_CALL");
    expect(told("logged").at(-1)?.[1]).toContain("not sent");
  }));

test("nothing is answered while a log is played, whose answers it holds", () =>
  withApp({}, ({ session, app, sent }) => {
    session.settings.replaying = true;
    app("OUTGOING_CALL_STARTED", call());
    expect(sent()).toEqual(["READY"]);
  }));

test("of a session that never ends, the newest 10,000 messages and findings are kept", () => {
  const told: string[] = [];
  const view = new Proxy<View>(Object.create(null), { get: (_, name) => () => told.push(String(name)) });
  const engagements = openEngagements({ getItem: () => null, setItem: () => {} }, () => {});
  const session = openSession(Object.create(null), Object.create(null), engagements, view);
  for (let n = 1; n <= 10_050; n++) {
    session.send("X", n);
    session.report("no-answer", `${n}`);
  }
  expect(told.length, "all are told").toBe(20_100);
  const ends = (all: unknown[]) => [all.length, all[0], all.at(-1)];
  expect(ends(session.messages.map(({ data }) => data))).toEqual([10_000, 51, 10_050]);
  expect(ends(session.findings.map(({ message }) => message))).toEqual([10_000, "51", "10050"]);
});

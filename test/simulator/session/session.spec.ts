// A session without a browser: messages, replies, time limits, and page changes in the app. session-page.spec.ts tests
// complete calls on the real page.
import { expect, test } from "@playwright/test";
import { createEngagements } from "../../../src/simulator/crm/engagements.ts";
import { Session } from "../../../src/simulator/session/session.ts";
import type { Settings } from "../../../src/simulator/session/settings.ts";
import { type InWindow, inWindow, withApp } from "../../support/fake-window.ts";
import { call } from "../../support/rule-steps.ts";

const sync = { portalId: 62515, userId: 9, ownerId: 42, iframeLocation: "widget", usesCallingWindow: true };
const { userId: _, ...withoutUser } = sync;
const { ownerId: __, ...withoutOwner } = sync;
const syncs: [what: string, settings: Partial<Settings>, fields: object][] = [
  ["with the default settings", {}, sync],
  ["without an owner", { withoutOwner: true }, withoutOwner],
  ["without a user", { withoutUser: true, portalId: 7 }, { ...withoutUser, portalId: 7 }],
  [
    "to a remote",
    { iframeLocation: "remote", usesCallingWindow: false },
    { ...sync, iframeLocation: "remote", usesCallingWindow: false },
  ],
];
for (const [what, settings, fields] of syncs) {
  test(`sends READY ${what}`, () =>
    inWindow(settings, ({ open, initialize, ready }) => {
      open();
      initialize();
      expect(ready()).toEqual({ ...fields, hostUrl: "http://127.0.0.1:9026" });
    }));
}

test("can send SYNC late, or not at all", () => {
  inWindow({ syncDelay: 3000 }, ({ open, load, syncs, wait }) => {
    open();
    load();
    wait(2900);
    expect(syncs()).toHaveLength(0);
    wait(200);
    expect(syncs().length).toBeGreaterThan(0);
  });
  inWindow({ syncDelay: Number.POSITIVE_INFINITY, timeout: 600_000 }, ({ open, load, syncs, wait, listen }) => {
    const noAnswer = listen("noAnswer");
    open();
    load();
    wait(599_000);
    expect(noAnswer).toHaveLength(0);
    wait(1000);
    expect([syncs().length, noAnswer.length]).toEqual([0, 1]);
  });
});

test("forgets the login when the app is reloaded, closed or replaced, or navigates", () => {
  const userActions: ((tab: InWindow) => void)[] = [
    ({ session }) => session.reload(),
    ({ session }) => session.close(),
    ({ open }) => open("another"),
    ({ load }) => load(), // The page navigates.
  ];
  for (const userAction of userActions) {
    withApp({}, (tab) => {
      const logins = tab.listen("login");
      tab.acknowledge();
      tab.app("LOGGED_IN");
      expect(tab.session.isLoggedIn).toBe(true);
      userAction(tab);
      expect(tab.session.isLoggedIn, `${userAction}`).toBe(false);
      expect(logins.at(-1)).toEqual({ isLoggedIn: false });
    });
  }
});

test("shows the next app, even if the previous app was hidden or minimized", () =>
  withApp({}, ({ session, open, listen, sent }) => {
    const visible = listen("visibility");
    for (const hidden of [
      { isHidden: true, isMinimized: false },
      { isHidden: false, isMinimized: true },
    ]) {
      session.show(hidden);
      expect(visible.at(-1)).toEqual(hidden);
      expect(sent().at(-1)).toBe("VISIBILITY_CHANGED");
      open(JSON.stringify(hidden));
      expect(visible.at(-1)).toEqual({ isHidden: false, isMinimized: false });
      expect(session.visibility).toEqual({ isHidden: false, isMinimized: false });
    }
  }));

test("reports a missing initialized after the time limit, unless the app is closed, reloaded or replaced", () => {
  inWindow({}, ({ open, acknowledge, wait, rules, session }) => {
    open();
    acknowledge();
    wait(29_999);
    expect(rules()).toEqual([]);
    wait(1);
    expect(rules()).toEqual(["not-initialized"]);
    expect(session.findings[0]?.message).toBe(
      "the app did not send initialized within 30000 ms after SYNC_ACK; look for an error in the browser's console " +
        "(for example, the browser may block storage in iframes)",
    );
  });
  const userActions: ((tab: InWindow) => void)[] = [
    ({ session }) => session.reload(),
    ({ session }) => session.close(),
    ({ open }) => open("another"),
    ({ app }) => app("INITIALIZED", { isLoggedIn: true }),
  ];
  for (const userAction of userActions) {
    inWindow({}, (tab) => {
      tab.open();
      tab.acknowledge();
      userAction(tab);
      tab.wait(60_000);
      expect(tab.rules(), `${userAction}`).toEqual([]);
    });
  }
  inWindow({ iframeLocation: "remote" }, ({ open, acknowledge, wait, rules }) => {
    open();
    acknowledge();
    wait(60_000);
    expect(rules(), "an app that must be silent need not send initialized").toEqual([]);
  });
});

test("reports a call in progress as never ended when the user chooses another app, but not when the user chooses the same app again", () =>
  withApp({}, ({ session, app, open, rules, listen }) => {
    const loading = listen("loading");
    const messages = listen("messageSent");
    app("OUTGOING_CALL_STARTED", call());
    open();
    expect(rules(), "the same app").toEqual([]);
    open("another");
    expect(rules()).toEqual(["never-ended"]);
    expect(loading).toEqual(["", "another"].map((path) => ({ url: `http://localhost:9026/${path}` })));
    expect(session.isOpen).toBe(true);
    session.close();
    expect(session.isOpen).toBe(false);
    session.send("END_CALL");
    expect(messages.at(-1)).toMatchObject({ message: { type: "END_CALL" }, isDelivered: false });
  }));

test("keeps the app's requested size after a reload, and ignores invalid sizes", () =>
  withApp({}, ({ app, session, frames }) => {
    const size = () => {
      const { width, height } = Object(frames.at(-1));
      return `${width} x ${height}`;
    };
    expect(size()).toBe("400 x 650");
    app("INITIALIZED", { isLoggedIn: true, sizeInfo: { width: 320, height: 480 } });
    expect(size()).toBe("320 x 480");
    app("RESIZE_WIDGET", { width: 300, height: 500 });
    for (const junk of [-1, Number.NaN, Number.POSITIVE_INFINITY, "7", null]) app("RESIZE_WIDGET", { width: junk });
    session.reload();
    expect(size()).toBe("300 x 500");
  }));

test("reports messages only from a frame that must be silent", () => {
  const places: [settings: Partial<Settings>, found: string[]][] = [
    [{ iframeLocation: "remote", usesCallingWindow: true }, ["remote-speaks"]],
    [{ iframeLocation: "window", usesCallingWindow: false }, ["window-speaks"]],
    [{ iframeLocation: "remote", usesCallingWindow: false }, []],
    [{ iframeLocation: "window", usesCallingWindow: true }, []],
  ];
  for (const [settings, found] of places) {
    withApp(settings, ({ rules }) => expect(rules(), JSON.stringify(settings)).toEqual(found));
  }
});

test("delays SYNC for each page, and reports messages that are too large", () =>
  inWindow({ syncDelay: 3000 }, ({ open, load, syncs, wait, session, post, rules }) => {
    open();
    load();
    wait(3100);
    session.reload();
    load();
    wait(2900);
    expect(syncs()).toHaveLength(0);
    wait(200);
    expect(syncs().length).toBeGreaterThan(0);
    post({ type: "LOGGED_IN", data: "x".repeat(200_000) });
    expect(rules()).toEqual(["too-large"]);
    expect(session.isLoggedIn).toBe(false);
  }));

test("shows sendError's message as an alert only if the message is a string", () =>
  withApp({}, ({ app, listen }) => {
    const alerts = listen("alert");
    for (const message of ["Out of order", 5, {}, null]) app("ERROR", { message });
    expect(alerts).toEqual([{ text: "Out of order" }]);
  }));

test("keeps the newest 10,000 messages and findings", () => {
  const engagements = createEngagements({ getItem: () => null, setItem: () => {} }, () => {});
  const session = new Session(Object.create(null), Object.create(null), engagements);
  let count = 0;
  for (const type of ["messageSent", "finding"] as const) session.on(type, () => count++);
  for (let n = 1; n <= 10_050; n++) {
    session.send("X", n);
    session.report("no-answer", `${n}`);
  }
  expect(count, "all events are dispatched").toBe(20_100);
  const ends = (all: unknown[]) => [all.length, all[0], all.at(-1)];
  expect(ends(session.messages.map(({ data }) => data))).toEqual([10_000, 51, 10_050]);
  expect(ends(session.findings.map(({ message }) => message))).toEqual([10_000, "51", "10050"]);
});

// Login and visibility events, inbound calls in a hidden widget, and the number of calls that the rules remember.
import { expect, test } from "@playwright/test";
import { withApp } from "../../support/fake-window.ts";
import { app, call, found } from "../../support/rule-steps.ts";

test("dispatches a login event only when the login state changes", () =>
  withApp({}, (tab) => {
    const logins = tab.listen("login");
    tab.app("USER_AVAILABLE");
    tab.app("LOGGED_IN");
    expect(logins, "the app has already reported the login").toEqual([]);
    tab.app("LOGGED_OUT");
    tab.app("LOGGED_OUT");
    tab.app("USER_UNAVAILABLE");
    expect(logins).toEqual([{ isLoggedIn: false }]);
  }));

test("dispatches a visibility event only when the visibility changes", () =>
  withApp({}, ({ session, app, sent, listen }) => {
    const hidden = { isMinimized: false, isHidden: true };
    const visibilities = listen("visibility");
    session.show({ isMinimized: false, isHidden: false });
    session.show(hidden);
    session.show(hidden);
    app("CALL_COMPLETED", {}); // This would hide a visible widget.
    expect(visibilities).toEqual([hidden]);
    expect(sent()).toEqual(["READY", "VISIBILITY_CHANGED"]);
  }));

test("reports an inbound call in a hidden widget, but not in a minimized widget", () =>
  withApp({}, ({ app, session, rules }) => {
    const ring = (externalCallId: string) => app("INCOMING_CALL", call(externalCallId, { createEngagement: false }));
    session.show({ isMinimized: false, isHidden: true });
    ring("a");
    expect(rules()).toEqual(["unseen-call"]);
    app("CALL_ENDED", { externalCallId: "a" });
    session.show({ isMinimized: true, isHidden: false });
    ring("b");
    expect(rules().filter((rule) => rule === "unseen-call")).toHaveLength(1);
  }));

test("does not report an unseen inbound call in the remote, which has no widget", () =>
  withApp({ iframeLocation: "remote", usesCallingWindow: false }, ({ app, session, rules }) => {
    session.show({ isMinimized: false, isHidden: true });
    app("INCOMING_CALL", call());
    expect(rules()).toEqual([]);
  }));

test("remembers the newest 1,000 calls", () => {
  const started = Array.from({ length: 1001 }, (_, n) =>
    app("OUTGOING_CALL_STARTED", call(`${n}`), { at: n * 60_000 }),
  );
  const answered = ["0", "1", "1000"].map((externalCallId) => app("CALL_ANSWERED", { externalCallId }));
  const unknown = found(...started, ...answered).filter((finding) => finding.startsWith("unknown-call"));
  expect(unknown).toEqual(['unknown-call: callAnswered: no call has the externalCallId "0"']);
});

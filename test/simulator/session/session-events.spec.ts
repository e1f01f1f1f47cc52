import { expect, test } from "@playwright/test";
import type { SessionEvents } from "../../../src/simulator/session/session-events.ts";
import { type InWindow, inWindow, withApp } from "../../support/fake-window.ts";
import { call } from "../../support/rule-steps.ts";
import { uncaughtErrors } from "../../support/uncaught-errors.ts";

const types = {
  ...{ messageSent: 1, messageReceived: 1, finding: 1, alert: 1, visibility: 1, navigation: 1, chosen: 1, withheld: 1 },
  ...{ loading: 1, acknowledged: 1, initialized: 1, login: 1, noAnswer: 1, failed: 1, ended: 1, closed: 1 },
  ...{ settings: 1, replyMode: 1, cleared: 1, endOverdue: 1 },
} satisfies Record<keyof SessionEvents, 1>;
const isType = (name: string): name is keyof SessionEvents => Object.hasOwn(types, name);

/** Collects the type of every later event, followed by the message type if the event has a message. */
function eventsOf({ session }: InWindow): string[] {
  const seen: string[] = [];
  for (const type of Object.keys(types).filter(isType)) {
    session.on(type, (event) => {
      seen.push(
        typeof event === "object" && "message" in event && event.message ? `${type} ${event.message.type}` : type,
      );
    });
  }
  return seen;
}

test("dispatches the events of an app's life cycle in order", () =>
  inWindow({}, (tab) => {
    const seen = eventsOf(tab);
    tab.open();
    expect(seen.splice(0)).toEqual(["chosen", "loading", "visibility"]);
    tab.acknowledge();
    expect(seen.splice(0)).toEqual(["acknowledged", "messageSent READY"]);
    tab.app("INITIALIZED", { isLoggedIn: true });
    expect(seen.splice(0)).toEqual(["messageReceived INITIALIZED", "initialized", "login"]);
    tab.session.close();
    expect(seen.splice(0)).toEqual(["ended", "login", "closed"]);
    tab.session.close();
    expect(seen, "no app is open").toEqual(["closed"]);
  }));

test("dispatches a message, then its findings, and then its effects or its reply", () =>
  withApp({}, (tab) => {
    const seen = eventsOf(tab);
    tab.app("NO_SUCH_MESSAGE");
    expect(seen.splice(0)).toEqual(["messageReceived NO_SUCH_MESSAGE", "finding NO_SUCH_MESSAGE"]);
    tab.app("OUTGOING_CALL_STARTED", call());
    expect(seen.splice(0)).toEqual([
      "messageReceived OUTGOING_CALL_STARTED",
      "messageSent CREATE_ENGAGEMENT_SUCCEEDED",
    ]);
    tab.app("CALL_COMPLETED", { externalCallId: "a", hideWidget: true });
    expect(seen.filter((event) => !event.startsWith("finding"))).toEqual([
      "messageReceived CALL_COMPLETED",
      "visibility",
      "messageSent VISIBILITY_CHANGED",
    ]);
    expect(seen.slice(0, 2)).toEqual(["messageReceived CALL_COMPLETED", "finding CALL_COMPLETED"]);
  }));

test("dispatches the withheld event for an unapproved app, and ends the previous app", () =>
  withApp({}, (tab) => {
    const seen = eventsOf(tab);
    tab.session.withhold("not confirmed");
    expect(seen.splice(0)).toEqual(["ended", "login", "withheld"]);
    tab.session.open();
    expect(seen, "nothing is loaded").toEqual([]);
  }));

test("dispatches a failure after its finding, and no failure for other findings", () =>
  withApp({}, (tab) => {
    const seen = eventsOf(tab);
    const failures = tab.listen("failed");
    tab.session.report("too-large", "a message");
    tab.session.report("no-answer", "the server is down");
    expect(seen).toEqual(["finding", "finding", "failed"]);
    expect(failures).toEqual([{ inShort: "No answer", reason: "the server is down" }]);
  }));

test("dispatches a finding without its message if the log has been cleared", () =>
  withApp({}, ({ app, session, listen }) => {
    const findings = listen("finding");
    app("OUTGOING_CALL_STARTED", call());
    session.clear("messages");
    session.close();
    app("NO_SUCH_MESSAGE");
    expect(findings.map(({ finding, message }) => [finding.rule, message?.type])).toEqual([["never-ended", undefined]]);
  }));

test("replies even if a listener throws, and reports the error as uncaught", () =>
  withApp({}, ({ app, session, sent, rules }) => {
    const error = new Error("broken listener");
    session.on("messageReceived", () => {
      throw error;
    });
    expect(uncaughtErrors(() => app("OUTGOING_CALL_STARTED", call()))).toEqual([error]);
    expect(sent().at(-1)).toBe("CREATE_ENGAGEMENT_SUCCEEDED");
    expect(rules()).toEqual([]);
  }));

test("dispatches an event when settings or a reply mode change, and when a list is cleared", () =>
  withApp({}, ({ session, listen }) => {
    const [settings, replyModes, cleared] = [listen("settings"), listen("replyMode"), listen("cleared")];
    session.change({ portalId: 7 });
    session.answer("INCOMING_CALL", "fail", 5);
    session.clear("findings");
    expect(settings).toEqual([expect.objectContaining({ portalId: 7, userId: 9 })]);
    expect(replyModes).toEqual([{ type: "INCOMING_CALL", mode: "fail", delayMs: 5 }]);
    expect(cleared).toEqual([{ kind: "findings" }]);
  }));

// An engagement that HubSpot creates late belongs only to the call that requested it.
import { expect, test } from "@playwright/test";
import { withApp } from "../../support/fake-window.ts";
import { call } from "../../support/rule-steps.ts";

const nameless = (createEngagement: boolean) => call("", { createEngagement });

test("keeps a late engagement unchanged when a later call without an engagement is answered, ended and completed", () =>
  withApp({}, ({ session, app, wait, sent, engagements }) => {
    session.answer("OUTGOING_CALL_STARTED", "succeed", 5000);
    app("OUTGOING_CALL_STARTED", nameless(true));
    app("OUTGOING_CALL_STARTED", nameless(false));
    app("CALL_ANSWERED", {});
    wait(5000);
    expect(sent().at(-1)).toBe("CREATE_ENGAGEMENT_SUCCEEDED");
    expect(engagements.all()).toMatchObject([{ state: "created", answered: false }]);
    app("CALL_ENDED", {});
    app("CALL_COMPLETED", { hideWidget: false });
    expect(engagements.all()).toMatchObject([{ state: "created" }]);
  }));

test("assigns each late engagement to its own call", () =>
  withApp({}, ({ session, app, wait, engagements }) => {
    session.answer("OUTGOING_CALL_STARTED", "succeed", 5000);
    app("OUTGOING_CALL_STARTED", call("a"));
    wait(1000);
    app("OUTGOING_CALL_STARTED", call("b"));
    wait(4000);
    app("CALL_ANSWERED", { externalCallId: "b" });
    wait(1000);
    expect(engagements.all()).toMatchObject([
      { externalCallId: "a", state: "created" },
      { externalCallId: "b", state: "answered" },
    ]);
  }));

test("advances a late engagement to its call's state", () =>
  withApp({}, ({ session, app, wait, engagements }) => {
    session.answer("OUTGOING_CALL_STARTED", "succeed", 5000);
    app("OUTGOING_CALL_STARTED", call());
    app("CALL_ANSWERED", { externalCallId: "a" });
    app("CALL_ENDED", { externalCallId: "a", callEndStatus: "BUSY" });
    wait(5000);
    expect(engagements.all()).toMatchObject([
      { state: "ended", answered: true, properties: { hs_call_status: "BUSY" } },
    ]);
  }));

test("assigns an engagement from a replayed log to the call that requested it, not to the newest call", () =>
  withApp({}, ({ session, app, rules }) => {
    session.isReplaying = true;
    app("OUTGOING_CALL_STARTED", call("a"));
    app("CALL_ENDED", { externalCallId: "a" });
    app("CALL_COMPLETED", { externalCallId: "a" });
    app("OUTGOING_CALL_STARTED", call("b", { createEngagement: false }));
    session.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 7 });
    app("CALL_ENDED", { externalCallId: "b" });
    app("CALL_COMPLETED", { externalCallId: "b" });
    expect(rules()).toEqual(["no-engagement"]);
  }));

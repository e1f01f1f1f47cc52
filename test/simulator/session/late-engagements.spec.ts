// An engagement that HubSpot creates late: it belongs to the call that asked for it, and to no other.
import { expect, test } from "@playwright/test";
import { withApp } from "../../support/fake-window.ts";
import { call } from "../../support/rule-steps.ts";

const nameless = (createEngagement: boolean) => call("", { createEngagement });

test("leaves a late engagement untouched by a later call that asked for none", () =>
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

test("brings a late engagement as far as the call that asked for it", () =>
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

test("gives the engagement of a replayed log to the call that asked, not to the newest", () =>
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

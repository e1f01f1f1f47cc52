// The rules and the CRM subscribe to a session's events.
import { expect, test } from "@playwright/test";
import { withApp } from "../../support/fake-window.ts";
import { call } from "../../support/rule-steps.ts";

const engagementId = 4711;

for (const isReplaying of [true, false]) {
  test(`${isReplaying ? "recognizes" : "does not recognize"} the engagement in an event ${isReplaying ? "from a log" : "that a user sent"}`, () =>
    withApp({}, ({ session, app, rules }) => {
      session.isReplaying = isReplaying;
      app("OUTGOING_CALL_STARTED", call());
      session.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId });
      app("CALL_ENDED", { externalCallId: "a", engagementId, callEndStatus: "NO_ANSWER" });
      expect(rules()).toEqual(isReplaying ? [] : ["unknown-call"]);
    }));
}

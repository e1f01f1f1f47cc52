// The rules and the CRM follow the events of a session.
import { expect, test } from "@playwright/test";
import { withApp } from "../../support/fake-window.ts";
import { call } from "../../support/rule-steps.ts";

const engagementId = 4711;

for (const isReplaying of [true, false]) {
  test(`${isReplaying ? "knows" : "does not know"} the engagement of an event ${isReplaying ? "from a log" : "that a user sent"}`, () =>
    withApp({}, ({ session, app, rules }) => {
      session.isReplaying = isReplaying;
      app("OUTGOING_CALL_STARTED", call());
      session.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId });
      app("CALL_ENDED", { externalCallId: "a", engagementId, callEndStatus: "COMPLETED" });
      expect(rules()).toEqual(isReplaying ? [] : ["unknown-call"]);
    }));
}

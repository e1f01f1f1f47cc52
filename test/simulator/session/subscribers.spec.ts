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

const notes = (hs_call_body: string) => ({ engagementProperties: { hs_call_body }, hideWidget: false });

test("does not change an earlier call if the app repeats the call's ids during a replay or afterwards, until READY contains the call's engagementId", () =>
  withApp({}, ({ session, app, sent, engagements, initialize, ready }) => {
    app("OUTGOING_CALL_STARTED", call());
    const before = engagements.all();
    const ids = { externalCallId: "a", engagementId: before[0]?.engagementId };
    session.isReplaying = true;
    app("OUTGOING_CALL_STARTED", call());
    session.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: ids.engagementId });
    app("CALL_ANSWERED", { externalCallId: "a" });
    session.isReplaying = false;
    app("CALL_ENDED", { ...ids, callEndStatus: "BUSY" });
    app("CALL_COMPLETED", { ...ids, ...notes("Replayed") });
    app("CALL_COMPLETED", { externalCallId: "a", ...notes("Replayed") });
    app("OUTGOING_CALL_STARTED", call("b", { createEngagement: false }));
    expect(engagements.all()).toEqual(before);
    expect(sent().at(-1)).toBe("UPDATE_ENGAGEMENT_FAILED");

    session.reload();
    initialize();
    expect(ready()).toMatchObject({ engagementId: ids.engagementId });
    app("CALL_COMPLETED", { ...ids, ...notes("Resumed") });
    expect(engagements.all()).toMatchObject([{ state: "completed", properties: { hs_call_body: "Resumed" } }]);
  }));

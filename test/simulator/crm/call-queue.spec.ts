// In the call queue, HubSpot opens the next record's page after each completed call, and keeps the widget visible.
import { expect, test } from "@playwright/test";
import { sampleRecords } from "../../../src/simulator/crm/sample-records.ts";
import { usualSettings, withApp } from "../../support/fake-window.ts";
import { call } from "../../support/rule-steps.ts";

const queue = { ...usualSettings, callQueue: true };
const tasks = sampleRecords.filter(({ numbers }) => numbers.length > 0).map(({ objectId }) => objectId);

test("opens the next record that has a number after each completed call, keeps the widget visible, and does not dial", () =>
  withApp(queue, ({ app, session, initialize, sent, frames }) => {
    const opened: (number | undefined)[] = [];
    session.on("navigation", ({ record }) => opened.push(record?.objectId));
    session.openPage(sampleRecords[0]);
    initialize();
    for (const id of tasks) {
      app("OUTGOING_CALL_STARTED", call(`${id}`));
      const loaded = frames.length;
      app("CALL_COMPLETED", { externalCallId: `${id}`, hideWidget: true });
      expect(session.visibility).toEqual({ isHidden: false, isMinimized: false });
      expect(frames.length, "HubSpot reloads the app").toBe(loaded + 1);
      initialize();
    }
    expect(opened, "starts again after the last record").toEqual([tasks[0], ...tasks.slice(1), tasks[0]]);
    expect(sent()).not.toContain("DIAL_NUMBER");
    expect(sent()).not.toContain("VISIBILITY_CHANGED");
  }));

test("opens the next record only after the reply to callCompleted", () =>
  withApp(queue, ({ app, session, sent, engagements, frames, wait }) => {
    session.answer("CALL_COMPLETED", "succeed", 1000);
    app("OUTGOING_CALL_STARTED", call());
    const { engagementId } = engagements.all()[0] ?? {};
    app("CALL_ENDED", { externalCallId: "a", engagementId });
    const loaded = frames.length;
    app("CALL_COMPLETED", { externalCallId: "a", engagementId, engagementProperties: { hs_call_body: "Notes" } });
    expect(frames.length).toBe(loaded);
    wait(1000);
    expect(sent().at(-1)).toBe("UPDATE_ENGAGEMENT_SUCCEEDED");
    expect(frames.length).toBe(loaded + 1);
  }));

test("keeps the record's page open after a completed call if there is no call queue", () =>
  withApp({}, ({ app, session, frames }) => {
    session.openPage(sampleRecords[0]);
    const loaded = frames.length;
    app("OUTGOING_CALL_STARTED", call());
    app("CALL_COMPLETED", { externalCallId: "a" });
    expect([frames.length, session.openRecord?.objectId]).toEqual([loaded, 51]);
  }));

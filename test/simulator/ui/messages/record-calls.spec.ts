// The names of the calls on the Messages tab, without a browser.
import { expect, test } from "@playwright/test";
import type { LogRecord } from "../../../../src/dom/log.ts";
import { createEmitter } from "../../../../src/simulator/common/emitter.ts";
import type { TimelineEvents } from "../../../../src/simulator/crm/timeline.ts";
import { createRecordCalls } from "../../../../src/simulator/ui/messages/record-calls.ts";
import { during, withApp } from "../../../support/fake-window.ts";
import { call } from "../../../support/rule-steps.ts";

const newRecord = (): LogRecord => ({ type: "", at: 0, since: 0, times: 1, json: "" });

test("names a replayed call after its record", () =>
  withApp({}, ({ session, app }) => {
    const timeline = { all: () => [], on() {} };
    const calls = createRecordCalls(session, timeline, ({ objectId }) => `record ${objectId}`);
    const record = newRecord();
    session.isReplaying = true;
    app("OUTGOING_CALL_STARTED", call("a", { toNumber: "+18005550151" }));
    session.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: session.newEngagementId() });
    for (const message of session.messages) calls.add(message, record);
    expect(calls.namesOf(record)?.name).toBe("record 51");
  }));

test("renames only the calls that a message or the timeline can have changed", () =>
  withApp({}, ({ session, app, engagements }) => {
    const { on, dispatch } = createEmitter<TimelineEvents>();
    const calls = createRecordCalls(session, { all: engagements.all, on }, ({ objectId }) => `record ${objectId}`);
    const records = ["a", "b"].map((externalCallId) => {
      app("INCOMING_CALL", call(externalCallId));
      const record = newRecord();
      for (const message of session.messages.slice(-3)) calls.add(message, record);
      calls.namesOf(record);
      return record;
    });
    const renamed = () => {
      const isRenamed = calls.takeRenamed();
      for (const record of records) calls.namesOf(record);
      return isRenamed && records.map(isRenamed);
    };
    expect(renamed()).toBeUndefined();
    app("CALL_ANSWERED", { externalCallId: "b" });
    for (const message of session.messages.slice(-1)) calls.add(message, newRecord());
    expect(renamed()).toEqual([false, true]);
    expect(renamed()).toBeUndefined();
    during({ requestAnimationFrame: () => {} }, () => {
      dispatch("changed", { engagement: engagements.all()[0] });
      expect(renamed()).toEqual([true, false]);
      calls.rename();
      expect(renamed()).toEqual([true, true]);
    });
  }));

import { expect, test } from "@playwright/test";
import { call, objectCoordinates } from "../../support/rule-steps.ts";
import { openStorage, openTab, openTimeline } from "../../support/tabs.ts";

function openWithCall(start: object = call()) {
  const timeline = openTimeline();
  const storage = openStorage();
  const tab = openTab(timeline, storage);
  tab.app("INITIALIZED", { isLoggedIn: true });
  tab.app("OUTGOING_CALL_STARTED", start);
  const only = () => timeline.all()[0];
  return { ...tab, timeline, storage, only, engagementId: only()?.engagementId ?? 0 };
}

const properties = { hs_call_body: "Notes" };

test("completes a call identified only by its engagementId", () => {
  const { app, close, engagementId, only, rules } = openWithCall();
  app("CALL_ENDED", { engagementId, callEndStatus: "BUSY" });
  expect(only()).toMatchObject({ state: "ended", properties: { hs_call_status: "BUSY" } });
  const due = app("CALL_COMPLETED", { engagementId, engagementProperties: properties });
  expect(due).toEqual([{ event: "UPDATE_ENGAGEMENT_SUCCEEDED", data: { engagementId } }]);
  close();
  expect(only()).toMatchObject({ state: "completed", ghost: false, properties });
  expect(rules().join()).not.toContain("ghost-call");
});

test("replies with a failure for an engagement that does not exist or was cleared", () => {
  const { app, timeline, engagementId } = openWithCall();
  const answered = (id: unknown) =>
    ["CALL_COMPLETED", "FINALIZE_ENGAGEMENT", "PUBLISH_TO_CHANNEL"].flatMap((type) =>
      app(type, { externalCallId: "a", engagementId: id, engagementProperties: properties }).map((step) =>
        "event" in step ? step.event.replace(/.*_/, "") : step,
      ),
    );
  const before = JSON.stringify(timeline.all().map((engagement) => engagement.properties));
  for (const id of [0, null, engagementId + 1, "8"]) expect(answered(id), `${id}`).toEqual(Array(3).fill("FAILED"));
  expect(JSON.stringify(timeline.all().map((engagement) => engagement.properties))).toBe(before);
  expect(answered(engagementId)).toEqual(Array(3).fill("SUCCEEDED"));
  timeline.clear();
  for (const id of [engagementId, undefined]) expect(answered(id), "cleared").toEqual(Array(3).fill("FAILED"));
});

test("accepts an engagementId as a string", () => {
  const { app, engagementId, only } = openWithCall();
  app("CALL_ENDED", { engagementId: `${engagementId}` });
  const due = app("CALL_COMPLETED", { engagementId: `${engagementId}`, engagementProperties: properties });
  expect(due).toEqual([{ event: "UPDATE_ENGAGEMENT_SUCCEEDED", data: { engagementId } }]);
  expect(only()).toMatchObject({ state: "completed", properties });
});

test("stores the callEndStatus even if callEnded identifies the call only by its externalCallId", () => {
  const { app, only } = openWithCall();
  app("CALL_ENDED", { externalCallId: "a", callEndStatus: "NO_ANSWER" });
  expect(only()).toMatchObject({ state: "ended", properties: { hs_call_status: "NO_ANSWER" } });
});

test("changes no call for missing or unknown ids", () => {
  const { app, timeline, engagementId } = openWithCall();
  timeline.create("", "INBOUND", {});
  const before = JSON.stringify(timeline.all());
  for (const externalCallId of [undefined, null, Number.NaN, "", "b", {}, ["a"]]) {
    for (const id of [undefined, null, 0, Number.NaN, "", 8, -engagementId, [engagementId]]) {
      for (const type of ["CALL_ANSWERED", "CALL_ENDED", "CALL_COMPLETED", "FINALIZE_ENGAGEMENT"]) {
        app(type, { externalCallId, engagementId: id, callEndStatus: "BUSY", engagementProperties: properties });
      }
    }
  }
  expect(JSON.stringify(timeline.all())).toBe(before);
});

test("changes the engagement that the message identifies if a call has two, and otherwise the second", () => {
  const { app, crm, timeline, engagementId } = openWithCall();
  app("OUTGOING_CALL_STARTED", call());
  expect(crm.unfinishedEngagements.all(), "the second engagement replaces the first").toEqual([timeline.all()[1]]);
  app("CALL_ANSWERED", { externalCallId: "a" });
  expect(timeline.all().map(({ state }) => state)).toEqual(["created", "answered"]);
  app("CALL_ENDED", { externalCallId: "a", engagementId });
  expect(timeline.all().map(({ state }) => state)).toEqual(["ended", "answered"]);
  expect(crm.unfinishedEngagements.running(), "the call is over").toBe(undefined);
  app("CALL_COMPLETED", { externalCallId: "a", engagementId, engagementProperties: properties });
  expect(timeline.all()).toMatchObject([{ state: "completed", properties }, { state: "answered" }]);
});

test("finishes another tab's call without findings", () => {
  const { timeline, engagementId, only, rules, close } = openWithCall();
  const other = openTab(timeline);
  other.app("INITIALIZED", { isLoggedIn: true });
  const ids = { externalCallId: "a", engagementId };
  other.app("CALL_ANSWERED", { externalCallId: "a" });
  other.app("CALL_ENDED", ids);
  other.app("CALL_COMPLETED", { ...ids, engagementProperties: properties });
  other.close();
  close();
  expect([...other.rules(), ...rules()]).toEqual([]);
  expect(only()).toMatchObject({ state: "completed", ghost: false, properties });
});

test("marks an ended call as a ghost call until it is completed if its own tab starts another call, but not if another tab does", () => {
  const { app, timeline, engagementId, only } = openWithCall();
  app("CALL_ENDED", { externalCallId: "a", engagementId });
  const other = openTab(timeline);
  other.app("INITIALIZED", { isLoggedIn: true });
  other.app("INCOMING_CALL", call("b"));
  other.close();
  expect(only()).toMatchObject({ state: "ended", ghost: false });
  app("OUTGOING_CALL_STARTED", call("c"));
  expect(only()?.ghost).toBe(true);
  app("CALL_COMPLETED", { externalCallId: "a", engagementId });
  expect(only()).toMatchObject({ state: "completed", ghost: false });
});

test("resumes the current call on the tab's next page", () => {
  const { app, timeline, storage, engagementId } = openWithCall();
  app("CALL_ANSWERED", { externalCallId: "a" });
  const next = openTab(timeline, storage);
  expect(next.crm.unfinishedEngagements.running()?.engagementId).toBe(engagementId);
  expect(next.engine.isCalling()).toBe(true);
  next.app("CALL_ENDED", { externalCallId: "a", engagementId });
  expect(next.crm.unfinishedEngagements.running()).toBe(undefined);
  const last = openTab(timeline, storage);
  expect(last.engine.isCalling()).toBe(false);
  last.app("CALL_COMPLETED", { externalCallId: "a", engagementId });
  last.close();
  expect([...next.rules(), ...last.rules()]).toEqual([]);
});

test("keeps the active call as the current call while another call is waiting", () => {
  const { app, timeline, storage, engagementId, crm, close, rules } = openWithCall();
  app("CALL_ANSWERED", { externalCallId: "a" });
  app("INCOMING_CALL", call("b"));
  const waitingId = timeline.all()[1]?.engagementId ?? 0;
  const running = () => crm.unfinishedEngagements.running()?.engagementId;
  expect(running()).toBe(engagementId);
  app("NAVIGATE_TO_RECORD", { objectCoordinates, engagementId: waitingId });
  expect(running(), "after navigateToRecord with the waiting call's engagementId").toBe(waitingId);
  app("NAVIGATE_TO_RECORD", { objectCoordinates, engagementId });
  app("CALL_ANSWERED", { externalCallId: "b" });
  expect(running(), "after the waiting call was answered").toBe(waitingId);

  const next = openTab(timeline, storage);
  const ids = { externalCallId: "b", engagementId: waitingId };
  next.app("CALL_ENDED", ids);
  next.app("CALL_COMPLETED", ids);
  expect(next.crm.unfinishedEngagements.running()?.engagementId, "after the second call, on the next page").toBe(
    engagementId,
  );
  expect(next.engine.isCalling()).toBe(true);
  next.app("CALL_ENDED", { externalCallId: "a", engagementId });
  next.app("CALL_COMPLETED", { externalCallId: "a", engagementId });
  expect(next.engine.isCalling()).toBe(false);
  next.close();
  close();
  expect([...next.rules(), ...rules()]).toEqual([]);
  expect(timeline.all().map(({ state }) => state)).toEqual(["completed", "completed"]);
});

test("has no current call after the tab is closed", () => {
  const { close, engine, storage, timeline, rules } = openWithCall();
  expect(engine.isCalling()).toBe(true);
  close();
  expect(engine.isCalling()).toBe(false);
  expect(openTab(timeline, storage).crm.unfinishedEngagements.running()).toBe(undefined);
  expect(rules()).toEqual([expect.stringMatching(/^never-ended/)]);
});

test("uses an engagement from the REST API for a call that did not request one", () => {
  const { app, timeline, only, rules, close } = openWithCall(call("a", { createEngagement: false }));
  expect(only()).toBe(undefined);
  const created = { state: "created", direction: "OUTBOUND", properties: {}, createdAt: 1, updatedAt: 1 } as const;
  timeline.take({ ...created, engagementId: 99, externalCallId: "" });
  const ids = { externalCallId: "a", engagementId: 99 };
  app("CALL_ANSWERED", { externalCallId: "a" });
  app("CALL_ENDED", { ...ids, callEndStatus: "COMPLETED" });
  app("CALL_COMPLETED", { ...ids, engagementProperties: properties });
  close();
  expect(rules()).toEqual([]);
  expect(only()).toMatchObject({ state: "completed", properties: { ...properties, hs_call_status: "COMPLETED" } });
});

test("omits missing values, and uses phoneNumber as toNumber", () => {
  for (const none of [null, undefined, Number.NaN]) {
    const start = { fromNumber: none, callStartTime: none, externalCallId: none, createEngagement: true };
    const { only, app, engagementId } = openWithCall({ ...start, phoneNumber: "+18005550102" });
    app("CALL_ENDED", { engagementId, callEndStatus: none });
    app("CALL_COMPLETED", { engagementId, engagementProperties: { hs_call_title: none } });
    expect(JSON.stringify(only())).not.toMatch(/null|undefined|NaN/);
    expect(only()).toMatchObject({ externalCallId: "", properties: { hs_call_to_number: "+18005550102" } });
  }
});

test("opens only this account's existing records", () => {
  const { app } = openWithCall();
  const outcomesOf = (coordinates: unknown) =>
    app("NAVIGATE_TO_RECORD", { objectCoordinates: coordinates }).map((step) => ("record" in step ? "opens" : "fails"));
  expect(outcomesOf(objectCoordinates)).toEqual(["opens"]);
  const { portalId: __, ...withoutPortal } = objectCoordinates;
  for (const wrong of [
    { objectId: 52_000 },
    { objectId: Number.NaN },
    { objectId: "51" },
    { objectTypeId: "0-2" },
    { portalId: Number.NaN },
    { portalId: 1 },
  ]) {
    expect(outcomesOf({ ...objectCoordinates, ...wrong }), JSON.stringify(wrong)).toEqual(["fails"]);
  }
  expect(outcomesOf(withoutPortal)).toEqual(["fails"]);
});

test("keeps the current call when navigateToRecord names an unknown engagement", () => {
  const { app, crm, engagementId } = openWithCall();
  app("NAVIGATE_TO_RECORD", { objectCoordinates, engagementId: 7 });
  expect(crm.unfinishedEngagements.running()?.engagementId).toBe(engagementId);
});

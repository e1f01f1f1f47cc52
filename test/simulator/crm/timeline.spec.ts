// The timeline's events, to which the server synchronization and the Timeline tab subscribe.
import { expect, test } from "@playwright/test";
import { createTimeline } from "../../../src/simulator/crm/timeline.ts";
import { openStorage } from "../../support/tabs.ts";

test("dispatches each change with its engagement, and a second event when calls are removed or the timeline is cleared", () => {
  const timeline = createTimeline(openStorage());
  const events: unknown[] = [];
  timeline.on("changed", ({ engagement }) => events.push(engagement?.state));
  timeline.on("cleared", () => events.push("cleared"));
  const engagementId = timeline.create("a", "OUTBOUND", {});
  timeline.advance(engagementId, "answered");
  expect(events).toEqual(["created", "answered"]);
  const other = timeline.create("b", "INBOUND", {});
  timeline.on("removed", ({ engagementIds }) => events.push([...engagementIds]));
  timeline.remove(new Set([engagementId]));
  expect(events.splice(2)).toEqual(["created", undefined, [engagementId]]);
  expect(timeline.all().map((left) => left.engagementId)).toEqual([other]);
  timeline.clear();
  expect(events.slice(2)).toEqual([undefined, "cleared"]);
  expect(timeline.all()).toEqual([]);
});

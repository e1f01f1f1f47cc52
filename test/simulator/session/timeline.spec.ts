// The timeline's events, to which the server synchronization and the Timeline tab subscribe.
import { expect, test } from "@playwright/test";
import { createTimeline } from "../../../src/simulator/session/timeline.ts";
import { openStorage } from "../../support/tabs.ts";

test("dispatches each change with its engagement, and a second event when the timeline is cleared", () => {
  const timeline = createTimeline(openStorage());
  const events: unknown[] = [];
  timeline.on("changed", ({ engagement }) => events.push(engagement?.state));
  timeline.on("cleared", () => events.push("cleared"));
  const engagementId = timeline.create("a", "OUTBOUND", {});
  timeline.advance(engagementId, "answered");
  expect(events).toEqual(["created", "answered"]);
  timeline.clear();
  expect(events.slice(2)).toEqual([undefined, "cleared"]);
  expect(timeline.all()).toEqual([]);
});

import { expect, test } from "@playwright/test";
import { subscribeToServerEvents } from "../../src/dom/server-events.ts";
import { during } from "../support/fake-window.ts";

test("has one open connection while the page is visible, and none while it is hidden", () => {
  const open = new Set<EventTarget>();
  class EventSource extends EventTarget {
    constructor(readonly url: string) {
      super();
      open.add(this);
    }
    close(): void {
      open.delete(this);
    }
  }
  const document = Object.assign(new EventTarget(), { hidden: false });
  const events: string[] = [];
  during({ document, EventSource }, () => {
    subscribeToServerEvents("changed", (data) => events.push(data));
    const counts = [false, true, false].map((hidden) => {
      document.hidden = hidden;
      document.dispatchEvent(new Event("visibilitychange"));
      return open.size;
    });
    expect(counts).toEqual([1, 0, 1]);
    for (const source of open) source.dispatchEvent(new MessageEvent("changed", { data: "7" }));
  });
  expect(events).toEqual(["7"]);
});

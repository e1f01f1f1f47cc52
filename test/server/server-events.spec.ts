import { EventEmitter } from "node:events";
import { expect, test } from "@playwright/test";
import { createServerEvents } from "../../src/server/server-events.ts";

/** A response that records its events. */
class EventStream extends EventEmitter {
  readonly events: string[] = [];
  writeHead() {}
  write(text: string) {
    this.events.push(/^event: (\w+)/.exec(text)?.[1] ?? text);
  }
}

test("sends a page the latest build immediately, then every event until the page closes", () => {
  const serverEvents = createServerEvents();
  const [first, second] = [new EventStream(), new EventStream()];
  for (const stream of [first, second]) serverEvents.subscribe(stream);
  serverEvents.send("changed");
  first.emit("close");
  serverEvents.send("built");
  expect(first.events).toEqual(["built", "changed"]);
  expect(second.events).toEqual(["built", "changed", "built"]);
});

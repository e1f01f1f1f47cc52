import { EventEmitter } from "node:events";
import { expect, test } from "@playwright/test";
import { createServerEvents, maxStreams } from "../../src/server/server-events.ts";

/** A response that records the names and the texts of its events. */
class EventStream extends EventEmitter {
  readonly events: string[] = [];
  readonly texts: string[] = [];
  status = 0;
  writeHead(status: number) {
    this.status = status;
    return this;
  }
  end() {
    this.emit("close");
  }
  write(text: string) {
    this.texts.push(text);
    this.events.push(/^event: (\w+)/.exec(text)?.[1] ?? text);
  }
}

test("sends a page the latest build immediately, then every event until the page closes the stream", () => {
  const serverEvents = createServerEvents();
  const [first, second] = [new EventStream(), new EventStream()];
  for (const stream of [first, second]) serverEvents.answer("GET", stream);
  serverEvents.send("changed", "");
  first.emit("close");
  serverEvents.send("built", "{}");
  expect(first.events).toEqual(["built", "changed"]);
  expect(second.events).toEqual(["built", "changed", "built"]);
});

test("sends the latest build to a page that connects after a change of the state", () => {
  const serverEvents = createServerEvents();
  serverEvents.send("built", '{"app":{}}');
  serverEvents.send("changed", "");
  const stream = new EventStream();
  serverEvents.answer("GET", stream);
  expect(stream.texts).toEqual(['event: built\ndata: {"app":{}}\n\n']);
});

test("answers with 503 if there are too many streams, until a page closes one", () => {
  const serverEvents = createServerEvents();
  const streams = Array.from({ length: maxStreams + 1 }, () => new EventStream());
  for (const stream of streams) serverEvents.answer("GET", stream);
  expect(streams.map(({ status }) => status)).toEqual([...Array(maxStreams).fill(200), 503]);
  streams[0]?.emit("close");
  const next = new EventStream();
  serverEvents.answer("GET", next);
  expect([next.status, next.events, streams.at(-1)?.events]).toEqual([200, ["built"], []]);
});

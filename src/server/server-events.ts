// Server-sent events for the open pages. src/dom/server-events.ts receives them.

export type ServerEvent = "built" | "changed";

/** The subset of Node's ServerResponse that is used here. */
type EventStream = {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(text: string): unknown;
  on(event: "close", onClose: () => void): unknown;
};

export function createServerEvents() {
  const streams = new Set<EventStream>();
  const latest: Record<ServerEvent, number> = { built: 0, changed: 0 };
  const write = (stream: EventStream, event: ServerEvent) => {
    stream.write(`event: ${event}\ndata: ${latest[event]}\n\n`);
  };
  return {
    /** Sends the time of the latest build immediately, then every event until the page closes the stream. */
    subscribe(stream: EventStream): void {
      stream.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      write(stream, "built");
      streams.add(stream);
      stream.on("close", () => streams.delete(stream));
    },
    send(event: ServerEvent): void {
      latest[event] = Date.now();
      for (const stream of streams) write(stream, event);
    },
  };
}

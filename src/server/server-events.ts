// Server-sent events for the open pages. src/dom/server-events.ts receives them.

export type ServerEvent = "built" | "changed";

/** The subset of Node's ServerResponse that is used here. */
type EventStream = {
  writeHead(status: number, headers: Record<string, string>): { end(): unknown };
  write(text: string): unknown;
  on(event: "close", onClose: () => void): unknown;
};

/**
 * Our choice. Each stream needs a file descriptor, and macOS allows a process only 256 by default. A browser opens one
 * stream for each page.
 */
export const maxStreams = 100;

export function createServerEvents() {
  const streams = new Set<EventStream>();
  const latest: Record<ServerEvent, number> = { built: 0, changed: 0 };
  const write = (stream: EventStream, event: ServerEvent) => {
    stream.write(`event: ${event}\ndata: ${latest[event]}\n\n`);
  };
  const headOf = (method: string): [status: number, headers: Record<string, string>] => {
    if (method !== "GET" && method !== "HEAD") return [405, { allow: "GET, HEAD", "content-length": "0" }];
    if (streams.size >= maxStreams) return [503, { "retry-after": "10", connection: "close", "content-length": "0" }];
    return [200, { "content-type": "text/event-stream", "cache-control": "no-store" }];
  };
  return {
    /**
     * Answers GET with a stream. The stream starts with the time of the latest build, and contains every event until the page
     * closes it.
     */
    answer(method: string, stream: EventStream): void {
      const [status, headers] = headOf(method);
      const head = stream.writeHead(status, headers);
      if (status !== 200 || method === "HEAD") {
        head.end();
        return;
      }
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

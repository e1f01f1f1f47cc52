// Server-sent events for the open pages. src/dom/server-events.ts receives them.

export type ServerEvent = "built" | "changed";

type EventStream = {
  writeHead(status: number, headers: Record<string, string>): { end(): unknown };
  write(text: string): unknown;
  on(event: "close", onClose: () => void): unknown;
};

/**
 * Our choice. Each stream needs a file descriptor, and a process can open only a limited number of them. Each visible page
 * opens at most two streams.
 */
export const maxStreams = 100;

export function createServerEvents() {
  const streams = new Set<EventStream>();
  let builds = "{}";
  const write = (stream: EventStream, event: ServerEvent, data: string) => {
    stream.write(`event: ${event}\ndata: ${data}\n\n`);
  };
  const headOf = (method: string): [status: number, headers: Record<string, string>] => {
    if (method !== "GET" && method !== "HEAD") return [405, { allow: "GET, HEAD", "content-length": "0" }];
    if (streams.size >= maxStreams) return [503, { "retry-after": "10", connection: "close", "content-length": "0" }];
    return [200, { "content-type": "text/event-stream", "cache-control": "no-store" }];
  };
  return {
    /**
     * Answers a GET request with a stream. The stream starts with the latest builds, and contains every later event until the
     * page closes the stream.
     */
    answer(method: string, stream: EventStream): void {
      const [status, headers] = headOf(method);
      const head = stream.writeHead(status, headers);
      if (status !== 200 || method === "HEAD") {
        head.end();
        return;
      }
      write(stream, "built", builds);
      streams.add(stream);
      stream.on("close", () => streams.delete(stream));
    },
    /** @param data must not contain line breaks */
    send(event: ServerEvent, data: string): void {
      if (event === "built") builds = data;
      for (const stream of streams) write(stream, event, data);
    },
  };
}

// What the server tells its open pages, as server-sent events.

/** What is needed of Node's ServerResponse. */
type Follower = {
  writeHead(status: number, headers: Record<string, string>): unknown;
  write(text: string): unknown;
  on(event: "close", gone: () => void): unknown;
};

/** The open pages, each told of what happens for as long as it is there; first of all, of the newest build. */
export function openFollowers() {
  const all = new Set<Follower>();
  const newest = { built: 0, changed: 0 };
  const write = (response: Follower, event: keyof typeof newest) =>
    void response.write(`event: ${event}\ndata: ${newest[event]}\n\n`);
  return {
    add(response: Follower) {
      response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
      write(response, "built");
      all.add(response);
      response.on("close", () => all.delete(response));
    },
    tell(event: keyof typeof newest) {
      newest[event] = Date.now();
      for (const response of all) write(response, event);
    },
  };
}

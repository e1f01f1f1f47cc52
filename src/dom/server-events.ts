// Server-sent events from the server of the page. The other end is src/server/server-events.ts.

/** Calls back for each event of that name while the page is visible: a browser allows few open connections. */
export function subscribeToServerEvents(event: "built" | "changed", onEvent: (data: string) => void): void {
  let source: EventSource | undefined;
  const subscribe = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource("/events");
    source.addEventListener(event, ({ data }: MessageEvent<string>) => onEvent(data));
  };
  document.addEventListener("visibilitychange", subscribe);
  subscribe();
}

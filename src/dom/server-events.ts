// Receives server-sent events. src/server/server-events.ts sends them.

/** Listens only while the page is visible, because browsers limit the number of open connections. */
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

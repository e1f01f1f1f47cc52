// What the server tells its open pages. A hidden page does not listen, since a browser allows few connections at once.

/** Calls back for each event of that name, as long as the page can be seen. */
export function subscribeToServer(event: "built" | "changed", heard: (data: string) => void): void {
  let source: EventSource | undefined;
  const listen = () => {
    source?.close();
    if (document.hidden) return;
    source = new EventSource("/events");
    source.addEventListener(event, ({ data }: MessageEvent<string>) => heard(data));
  };
  document.addEventListener("visibilitychange", listen);
  listen();
}

// In a page that is being worked on: loads it anew when the server has built another one.
// A hidden page does not listen, since a browser allows few connections to one server.

let built: string | undefined;
let source: EventSource | undefined;

function listen(): void {
  source?.close();
  if (document.hidden) return;
  source = new EventSource("/built");
  source.onmessage = ({ data }: MessageEvent<string>) => {
    built ??= data;
    if (built !== data) location.reload();
  };
}

document.addEventListener("visibilitychange", listen);
listen();

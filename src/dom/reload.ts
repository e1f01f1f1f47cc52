// In a page that is being worked on: loads it anew when the server has built another one.
import { subscribeToServerEvents } from "./server-events.ts";

let built: string | undefined;

subscribeToServerEvents("built", (build) => {
  built ??= build;
  if (built !== build) location.reload();
});

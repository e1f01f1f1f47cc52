// During development, reloads the page after each build.
import { subscribeToServerEvents } from "./server-events.ts";

let currentBuild: string | undefined;

subscribeToServerEvents("built", (build) => {
  currentBuild ??= build;
  if (currentBuild === build) return;
  window.dispatchEvent(new Event("rebuilt"));
  location.reload();
});

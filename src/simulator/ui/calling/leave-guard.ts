// Asks before the user leaves or reloads the page during a call. HubSpot lets the user navigate only after callEnded.
import type { Session } from "../../session/session.ts";

export function askBeforeLeaving(session: Pick<Session, "isCalling">): void {
  let isRebuilt = false;
  // A page that reloads after a build resumes its call, and must not ask after each source change.
  window.addEventListener("rebuilt", () => {
    isRebuilt = true;
  });
  window.addEventListener("beforeunload", (event) => {
    // If the user has not interacted with the page, the browser does not ask, and Chromium logs an error.
    if (navigator.userActivation.hasBeenActive && session.isCalling && !isRebuilt) event.preventDefault();
  });
}

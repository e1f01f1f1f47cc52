// The calling window: a second page of this origin that keeps the call while the user opens and closes tabs. If
// usesCallingWindow is true, HubSpot opens it (when exactly is not documented). Otherwise the app opens it with a link.
import { backend } from "./backend.ts";

const windowName = "hubspot-calling-window";
const timeoutMs = 30_000;

/** The portalId in the address. Undefined if this page is not the calling window. */
export const portalOfWindow = (address: URL) => backend.callingWindow.portalId(address);

/**
 * Opens the calling window, or brings it to the front if it is open.
 * @throws an Error if the browser blocks the window, or if a page of another site uses its name
 */
export function openCallingWindow(portalId: number, parameters: URLSearchParams): Window {
  const opened = window.open("", windowName, "popup,width=1000,height=760");
  if (!opened) throw new Error("The browser blocked the calling window. Allow pop-ups for this page, then call again.");
  if (isForeign(opened)) {
    throw new Error(`A window of another site uses the name ${windowName}. Close that window, then call again.`);
  }
  if (opened.location.href === "about:blank")
    opened.location.href = `${backend.callingWindow.address(portalId)}${parameters}`;
  else opened.focus();
  return opened;
}

function isForeign(opened: Window): boolean {
  try {
    return !opened.location.href;
  } catch {
    return true; // A SecurityError: the browser hides the address of another site's page.
  }
}

/** Waits until the app in the window has sent INITIALIZED. Rejects after 30 seconds. */
export async function waitForReadyApp(opened: Window): Promise<Window["hubspot"]> {
  const deadline = performance.now() + timeoutMs;
  // Until its page has loaded, the window may look foreign and has no hubspot.
  while (isForeign(opened) || !Object.hasOwn(opened, "hubspot")) {
    if (opened.closed || performance.now() > deadline) throw new Error("The calling window did not open. Call again.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(
      () =>
        reject(new Error("The app in the calling window did not send initialized. Look for errors in that window.")),
      timeoutMs,
    );
  });
  await Promise.race([opened.hubspot.ready, timeout]);
  return opened.hubspot;
}

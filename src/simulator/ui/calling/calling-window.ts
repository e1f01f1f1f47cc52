// The calling window: a second page on the same origin. The call continues there while the user opens and closes tabs. If
// `usesCallingWindow` is true, HubSpot opens the window, but does not document when. Otherwise, the app opens the window.
import { backend } from "../backend/backend.ts";
import { isForeign } from "./tab-behind.ts";

const windowName = "hubspot-calling-window";
const timeoutMs = 30_000;

/** Returns the portalId in the calling window's URL, or undefined for the URL of another page. */
export const portalOfWindow = (address: URL) => backend.callingWindow.portalId(address);

/** In pixels. */
const barHeight = 40;

/**
 * Opens the calling window, or focuses it if it is already open.
 * @param size the app's size in pixels
 * @throws an Error if the browser blocks the window, or if a window of another origin has the same name
 */
export function openCallingWindow(
  portalId: number,
  parameters: URLSearchParams,
  { width, height }: { width: number; height: number },
): Window {
  const opened = window.open("", windowName, `popup,width=${width},height=${height + barHeight}`);
  if (!opened) throw new Error("The browser blocked the calling window. Allow pop-ups for this page, then try again.");
  if (isForeign(opened)) {
    throw new Error(`Another site's window has the name ${windowName}. Close that window, then try again.`);
  }
  if (opened.location.href === "about:blank")
    opened.location.href = `${backend.callingWindow.address(portalId)}${parameters}`;
  else opened.focus();
  return opened;
}

/** Waits up to 30 seconds for the page in the window to load, then up to 30 seconds for the page's app to be ready. */
export async function waitForReadyApp(opened: Window): Promise<Window["hubspot"]> {
  const deadline = performance.now() + timeoutMs;
  // While the window loads, its URL may be inaccessible, and `hubspot` does not exist yet.
  while (isForeign(opened) || !Object.hasOwn(opened, "hubspot")) {
    if (opened.closed || performance.now() > deadline) throw new Error("The calling window did not open. Call again.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const timeout = new Promise<never>((_, reject) => {
    setTimeout(
      () =>
        reject(
          new Error("The app in the calling window was not ready within 30 seconds. Look for errors in that window."),
        ),
      timeoutMs,
    );
  });
  await Promise.race([opened.hubspot.ready, timeout]);
  return opened.hubspot;
}

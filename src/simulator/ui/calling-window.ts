// The calling window: a page of this origin that holds the call while the tabs come and go. HubSpot opens it where it
// uses one (when exactly is not documented); else the app does, by a link.

const path = "/calling-integration-popup-ui/";
const name = "hubspot-calling-window";
const patience = 30_000;

/** The account in the address, if this page is the calling window. */
export function portalOfWindow(address: URL): string | undefined {
  return address.pathname.startsWith(path) ? address.pathname.slice(path.length) : undefined;
}

/**
 * Opens the calling window, or brings the open one to the front.
 * @throws an Error in words when the browser blocks it, or when another site's page has its name
 */
export function openCallingWindow(portalId: number, parameters: URLSearchParams): Window {
  const opened = window.open("", name, "popup,width=1000,height=760");
  if (!opened) throw new Error("The browser blocked the calling window: allow pop-ups for this page.");
  if (isForeign(opened)) {
    throw new Error(`A window of another site is named ${name}, as the calling window: close it, and call again.`);
  }
  if (opened.location.href === "about:blank") opened.location.href = `${path}${portalId}?${parameters}`;
  else opened.focus();
  return opened;
}

function isForeign(opened: Window): boolean {
  try {
    return !opened.location.href;
  } catch {
    return true; // a SecurityError: the browser tells nothing of another site's page
  }
}

/** Waits until the app in the window has said initialized. Rejects after 30 seconds. */
export async function readyIn(opened: Window): Promise<Window["hubspot"]> {
  const end = performance.now() + patience;
  // Until the page in it has loaded, the window is another's and has no hubspot.
  while (isForeign(opened) || !Object.hasOwn(opened, "hubspot")) {
    if (opened.closed || performance.now() > end) throw new Error("The calling window did not open.");
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  const late = new Promise<never>((_, reject) => {
    setTimeout(() => reject(new Error("The app in the calling window did not say initialized.")), patience);
  });
  await Promise.race([opened.hubspot.ready, late]);
  return opened.hubspot;
}

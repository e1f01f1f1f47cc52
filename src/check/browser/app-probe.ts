// Finds out when the app has handled all messages that HubSpot has sent so far. Running a script in the app's frame is not
// enough, because the browser may run the script before it delivers the messages. A marker that the simulator's page posts
// always arrives after the earlier messages.
import type { BrowserContext, Page } from "@playwright/test";

declare global {
  interface Window {
    /** Exists only on the simulator's page; see `waitForProbe`. */
    probeApp(timeoutMs: number): Promise<boolean>;
  }
}

const marker = "marker of the check";

/** Defines `probeApp`, answers the markers in all frames, and hides the markers from the app's own listeners. */
export async function installProbe(context: BrowserContext): Promise<void> {
  await context.addInitScript((marker) => {
    const { setTimeout } = window;
    window.addEventListener("message", (event) => {
      const [port] = event.ports;
      if (event.data !== marker || !port) return;
      event.stopImmediatePropagation();
      // The browser reports an unhandled rejection only after the task that caused it.
      setTimeout(() => port.postMessage(true));
    });
  }, marker);
  await context.addInitScript((marker) => {
    if (window !== top) return;
    const { clearInterval, clearTimeout, setInterval, setTimeout } = window;
    window.probeApp = (timeoutMs) =>
      new Promise((resolve) => {
        const end = (isHandled: boolean) => {
          clearInterval(interval);
          clearTimeout(timeout);
          resolve(isHandled);
        };
        const ask = () => {
          const frame = document.querySelector<HTMLIFrameElement>("#frame iframe")?.contentWindow;
          if (!frame) return end(true);
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => end(true);
          frame.postMessage(marker, "*", [port2]);
        };
        const timeout = setTimeout(end, timeoutMs, false);
        const interval = setInterval(ask, 100);
        ask();
      });
  }, marker);
}

/**
 * Returns whether the app has handled all messages within the time limit. If the app's page reloads in the meantime, waits
 * for the new page. If no app is loaded, returns true.
 */
export function waitForProbe(page: Page, timeoutMs: number): Promise<boolean> {
  return page.evaluate((timeoutMs) => window.probeApp(timeoutMs), timeoutMs);
}

export type Delivery = "not ready" | "not handled" | "handled";

/**
 * Sends an event from HubSpot, and waits until the app has handled it. Uses only one `evaluate` call, because scenarios send
 * many events.
 * @param isReady whether the app is known to be ready. If false, sends the event only if the app is ready
 */
export function sendAndProbe(
  page: Page,
  event: { type: string; data: unknown },
  isReady: boolean,
  timeoutMs: number,
): Promise<Delivery> {
  return page.evaluate(
    async ({ type, data, isReady, timeoutMs }) => {
      const settled = window.hubspot.ready.then(
        () => true,
        () => false,
      );
      const later = new Promise<boolean>((resolve) => setTimeout(resolve, 0, false));
      if (!isReady && !(await Promise.race([settled, later]))) return "not ready";
      window.hubspot.send(type, data);
      return (await window.probeApp(timeoutMs)) ? "handled" : "not handled";
    },
    { ...event, isReady, timeoutMs },
  );
}

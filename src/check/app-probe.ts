// Finds out when the app has handled all messages that HubSpot has sent so far. Running a script in the app's frame is not
// enough, because the browser may run the script before it delivers the messages. A marker that the simulator's page posts
// always arrives after the earlier messages.
import type { BrowserContext, Page } from "@playwright/test";

const marker = "marker of the check";

/** Answers the markers in all frames, and hides them from the app's own listeners. */
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
}

/**
 * Returns whether the app has handled all messages within the time limit. If the app's page reloads in the meantime, waits
 * for the new page. If no app is loaded, returns true.
 */
export function waitForProbe(page: Page, timeoutMs: number): Promise<boolean> {
  return page.evaluate(
    ([marker, timeoutMs]) =>
      new Promise<boolean>((resolve) => {
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
      }),
    [marker, timeoutMs] satisfies [string, number],
  );
}

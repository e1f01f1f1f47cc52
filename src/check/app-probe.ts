// Tells when the app has handled everything that HubSpot has sent so far. To run a script in the app's frame is not
// enough: the browser delivers the script and HubSpot's messages in any order. But a marker that the simulator's page
// posts after a message arrives after that message.
import type { BrowserContext, Page } from "@playwright/test";

const marker = "marker of the check";

/** Answers the markers in all frames, before the app's own listeners see them. */
export async function installProbe(context: BrowserContext): Promise<void> {
  await context.addInitScript((marker) => {
    const { setTimeout } = window;
    window.addEventListener("message", (event) => {
      const [port] = event.ports;
      if (event.data !== marker || !port) return;
      event.stopImmediatePropagation();
      // The browser reports an unhandled rejection in a task after the one that caused it.
      setTimeout(() => port.postMessage(true));
    });
  }, marker);
}

/**
 * Returns whether the app has handled all messages within the time limit. If its page reloads meanwhile, the next page
 * counts. If no app is loaded, there is nothing to handle.
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

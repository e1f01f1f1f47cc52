import type { Page } from "@playwright/test";

/**
 * Sends SYNC repeatedly from the simulator's page until the app answers. The simulator ignores the answer, because it did
 * not send these message ids.
 * @param timeoutMs how long to send SYNC if the app does not answer
 * @returns whether the app answered in time
 */
export function sendSync(page: Page, fields: object, timeoutMs: number): Promise<boolean> {
  return page.evaluate(
    ([fields, timeoutMs, prefix]) =>
      new Promise<boolean>((resolve) => {
        const iframe = document.querySelector<HTMLIFrameElement>("#frame iframe");
        let count = 0;
        const timer = setInterval(() => {
          const message = { type: "SYNC", messageId: `${prefix}${++count}`, hostUrl: location.origin, ...fields };
          iframe?.contentWindow?.postMessage(message, "*");
        }, 50);
        const end = (isAnswered: boolean) => {
          clearInterval(timer);
          resolve(isAnswered);
        };
        addEventListener("message", ({ source, data }: MessageEvent<{ type?: unknown; messageId?: unknown }>) => {
          const isAnswer = data?.type === "SYNC_ACK" && `${data.messageId}`.startsWith(prefix);
          if (source === iframe?.contentWindow && isAnswer) end(true);
        });
        setTimeout(() => end(false), timeoutMs);
      }),
    [fields, timeoutMs, `check_${Math.random()}_`] satisfies [object, number, string],
  );
}

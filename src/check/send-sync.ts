// A SYNC that a scenario sends itself, in the place of the simulator's.
import type { Page } from "playwright-core";

/**
 * Sends SYNC from the simulator's page, as HubSpot's page does, until the app answers it. Its message ids differ from the
 * simulator's, which therefore ignores the answer.
 * @returns whether an answer came in time
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

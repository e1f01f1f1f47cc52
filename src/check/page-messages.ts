// Waits for the app's messages on the simulator's page.
import type { Page } from "@playwright/test";
import type { Message } from "../simulator/calls/message.ts";

const pollMs = 25;

/**
 * Resolves to undefined if the message does not arrive in time.
 * @param after how many of the app's messages to skip
 */
export function waitForAppMessage(
  page: Page,
  type: string,
  after: number,
  timeoutMs: number,
): Promise<Message | undefined> {
  return page.evaluate(
    async ([type, after, timeoutMs, pollMs]) => {
      for (const end = performance.now() + timeoutMs; ; ) {
        const sent = window.hubspot.messages().filter(({ from }) => from === "app");
        const match = sent.slice(after).find((message) => message.type === type);
        if (match || performance.now() > end) return match;
        await new Promise((resolve) => setTimeout(resolve, pollMs));
      }
    },
    [type, after, timeoutMs, pollMs] satisfies [string, number, number, number],
  );
}

/**
 * Waits until the app has sent no message for `quietMs`.
 * @returns undefined, or the messages that the app sent if it did not stop within `timeoutMs`
 */
export function waitForSilence(page: Page, quietMs: number, timeoutMs: number): Promise<Message[] | undefined> {
  return page.evaluate(
    async ([quietMs, timeoutMs, pollMs]) => {
      const sent = () => window.hubspot.messages().filter(({ from }) => from === "app");
      const before = sent().length;
      let [count, since] = [before, performance.now()];
      for (const end = since + timeoutMs; performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, pollMs));
        const messages = sent();
        if (messages.length !== count) [count, since] = [messages.length, performance.now()];
        else if (performance.now() - since >= quietMs) return undefined;
      }
      return sent().slice(before);
    },
    [quietMs, timeoutMs, pollMs] satisfies [number, number, number],
  );
}

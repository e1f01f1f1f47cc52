import type { Page } from "@playwright/test";
import type { Message } from "../../simulator/calls/message.ts";

const pollMs = 25;

/**
 * Resolves with undefined if the message does not arrive in time.
 * @param after the number of the app's messages to skip
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

/** Enough to see which message the app repeats. */
const maxReturned = 1000;

/**
 * Waits until the app has sent no message for `quietMs`.
 * @returns undefined, or the newest messages that the app sent if it did not stop within `timeoutMs`
 */
export function waitForSilence(page: Page, quietMs: number, timeoutMs: number): Promise<Message[] | undefined> {
  return page.evaluate(
    async ([quietMs, timeoutMs, pollMs, maxReturned]) => {
      const sent = () => window.hubspot.messages().filter(({ from }) => from === "app");
      const first = sent().at(-1);
      // Compares messages rather than counts, because the simulator keeps only the newest messages.
      let [newest, since] = [first, performance.now()];
      for (const end = since + timeoutMs; performance.now() < end; ) {
        await new Promise((resolve) => setTimeout(resolve, pollMs));
        const message = sent().at(-1);
        if (message !== newest) [newest, since] = [message, performance.now()];
        else if (performance.now() - since >= quietMs) return undefined;
      }
      const messages = sent();
      const start = first ? messages.lastIndexOf(first) + 1 : 0;
      return messages.slice(Math.max(start, messages.length - maxReturned));
    },
    [quietMs, timeoutMs, pollMs, maxReturned] satisfies [number, number, number, number],
  );
}

/** If the app sends fewer messages of one type in two seconds, the check does not report them as endless. */
const minRepeats = 5;

/** Returns the most frequent type if it occurs at least `minRepeats` times. */
export function repeatedType(messages: readonly Message[]): string | undefined {
  const counts = new Map<string, number>();
  for (const { type } of messages) counts.set(type, (counts.get(type) ?? 0) + 1);
  const [most] = [...counts].toSorted(([, a], [, b]) => b - a);
  return most && most[1] >= minRepeats ? most[0] : undefined;
}

import { textOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import type { Message } from "../calls/message.ts";
import { startTimer } from "../common/start-timer.ts";
import { createMessageList } from "./message-log.ts";
import type { Session } from "./session.ts";

type Waiter = { type: string; resolve: (message: Message) => void };

/** Each message from the app resolves at most one `waitFor()`, which may start before or after the message arrives. */
export function createMessageQueue(session: Pick<Session, "on" | "flush">) {
  let waiters: Waiter[] = [];
  const messages = createMessageList();

  session.on("messageReceived", ({ message }) => {
    const waiter = waiters.find(({ type }) => type === message.type);
    if (waiter) {
      waiters = waiters.filter((other) => other !== waiter);
      waiter.resolve(message);
      return;
    }
    messages.add(message);
  });
  session.on("cleared", ({ kind }) => {
    if (kind === "messages") messages.clear();
  });

  return {
    waitFor(type: string, timeoutMs: number): Promise<Message> {
      const message = messages.take((candidate) => candidate.type === type);
      if (message) return Promise.resolve(message);
      return new Promise((resolve, reject) => {
        const timer = startTimer(() => {
          session.flush();
          if (!waiters.includes(waiter)) return;
          waiters = waiters.filter((other) => other !== waiter);
          const unknown = isMessageType(type) ? "" : "; the SDK has no message of this type, so check the spelling";
          reject(new Error(`waitFor: the app did not send ${textOf(type)} within ${timeoutMs} ms${unknown}`));
        }, timeoutMs);
        const waiter: Waiter = {
          type,
          resolve(message) {
            clearTimeout(timer);
            resolve(message);
          },
        };
        waiters.push(waiter);
      });
    },
  };
}

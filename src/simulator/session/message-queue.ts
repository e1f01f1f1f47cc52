import { textOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import type { Message } from "../calls/message.ts";
import type { Session } from "./session.ts";

const maxMessages = 10_000;

type Waiter = { type: string; resolve: (message: Message) => void };

/** Each message from the app resolves one `waitFor`, whether the call comes before or after the message. */
export function createMessageQueue(session: Pick<Session, "on">) {
  let waiters: Waiter[] = [];
  let messages: Message[] = [];

  session.on("messageReceived", ({ message }) => {
    const waiter = waiters.find(({ type }) => type === message.type);
    if (waiter) {
      waiters = waiters.filter((other) => other !== waiter);
      waiter.resolve(message);
      return;
    }
    messages.push(message);
    if (messages.length > maxMessages) messages.shift();
  });
  session.on("cleared", ({ kind }) => {
    if (kind === "messages") messages = [];
  });

  return {
    waitFor(type: string, timeoutMs: number): Promise<Message> {
      const message = messages.find((candidate) => candidate.type === type);
      if (message) {
        messages = messages.filter((other) => other !== message);
        return Promise.resolve(message);
      }
      return new Promise((resolve, reject) => {
        const timer = setTimeout(() => {
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

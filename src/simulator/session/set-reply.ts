import { textOf } from "../../protocol/fields.ts";
import { isMessageType } from "../../protocol/message-types.ts";
import { type ReplyMode, replies } from "../crm/replies.ts";
import type { Session } from "./session.ts";

/**
 * Sets how HubSpot replies to messages of this type. Checks the arguments, because they come from a script.
 * @param delay in milliseconds
 * @throws an Error if a value is invalid, or if HubSpot does not reply to messages of this type
 */
export function setReply(session: Session, type: string, how: ReplyMode, delay = 0): void {
  if (!["succeed", "fail", "never"].includes(how)) {
    throw new Error(`answer: unknown reply "${textOf(how)}"; use one of succeed, fail, never`);
  }
  if (!isMessageType(type) || !replies[type]) {
    const types = Object.keys(replies).join(", ");
    throw new Error(`answer: HubSpot does not reply to ${textOf(type)}; use one of ${types}`);
  }
  if (!(delay >= 0)) throw new Error(`answer: the delay must be a number of milliseconds, not ${textOf(delay)}`);
  session.answer(type, how, delay);
}

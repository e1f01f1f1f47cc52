// What has happened since the app's page was loaded.
import type { Fields } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import type { Message } from "../calls/message.ts";
import { isNonBoolean } from "./non-boolean.ts";

export type PageState = Readonly<{
  /** Undefined if isLoggedIn in initialized is neither a boolean nor null, which `wrong-type` reports. */
  isLoggedIn: boolean | undefined;
  /** Whether the user is available for inbound calls; undefined if the app has not reported the availability. */
  isAvailable: boolean | undefined;
  /** The last INITIALIZED message. */
  initialized: Message | undefined;
  /** The last message that started a call. */
  start: Message | undefined;
  /** The number of DIAL_NUMBER events for which the app has not started a call. */
  dials: number;
}>;

export const newPage: PageState = {
  isLoggedIn: false,
  isAvailable: undefined,
  initialized: undefined,
  start: undefined,
  dials: 0,
};

type Update = (fields: Fields, message: Message, before: PageState) => Partial<PageState>;

const updates: Partial<Record<MessageType, Update>> = {
  INITIALIZED: ({ isLoggedIn, isAvailable }, initialized) => ({
    initialized,
    isLoggedIn: isNonBoolean(isLoggedIn) ? undefined : isLoggedIn === true,
    ...(typeof isAvailable === "boolean" && { isAvailable }),
  }),
  LOGGED_IN: () => ({ isLoggedIn: true }),
  LOGGED_OUT: () => ({ isLoggedIn: false }),
  USER_AVAILABLE: () => ({ isAvailable: true }),
  USER_UNAVAILABLE: () => ({ isAvailable: false }),
  OUTGOING_CALL_STARTED: (_, start, { dials }) => ({ start, dials: Math.max(dials - 1, 0) }),
  INCOMING_CALL: (_, start) => ({ start }),
};

/** Returns the page's state after a message from the app. */
export function pageAfter(before: PageState, type: MessageType, fields: Fields, message: Message): PageState {
  return { ...before, ...updates[type]?.(fields, message, before) };
}

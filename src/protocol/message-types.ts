// The names of all messages, by who sends them.
import { inbound, outbound } from "./messages.ts";

/** What the app sends. */
export type MessageType = keyof typeof outbound;
/** What HubSpot sends. */
export type EventType = keyof typeof inbound;

/** Whether the SDK has this message. The text comes from the app and may be anything, "constructor" for example. */
export function isMessageType(type: string): type is MessageType {
  return Object.hasOwn(outbound, type);
}

/** Whether the SDK has this event. */
export function isEventType(type: string): type is EventType {
  return Object.hasOwn(inbound, type);
}

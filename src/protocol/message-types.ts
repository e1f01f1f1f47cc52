// The wire types of all messages, by sender.
import { inbound, outbound } from "./messages.ts";

/** Messages from the app. */
export type MessageType = keyof typeof outbound;
/** Events from HubSpot. */
export type EventType = keyof typeof inbound;

/** Whether the SDK has this message. `type` comes from the app, so it can be any string, even "constructor". */
export function isMessageType(type: string): type is MessageType {
  return Object.hasOwn(outbound, type);
}

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(inbound, type);
}

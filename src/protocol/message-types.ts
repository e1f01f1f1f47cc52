import { inbound, outbound } from "./messages.ts";
import type { EventType, MessageType } from "./payload-types.ts";

export type { EventType, MessageType } from "./payload-types.ts";

/** Whether the app can send a message of this type. `type` comes from the app, so it can be any string, even "constructor". */
export function isMessageType(type: string): type is MessageType {
  return Object.hasOwn(outbound, type);
}

export function isEventType(type: string): type is EventType {
  return Object.hasOwn(inbound, type);
}

import { isEventType, isMessageType } from "./message-types.ts";
import { inbound, outbound } from "./messages.ts";

/** Returns the SDK method that sends the message, or the handler that receives it. Returns undefined for an unknown type. */
export function sdkNameOf(from: "app" | "hubspot", type: string): string | undefined {
  if (from === "app") return isMessageType(type) ? outbound[type].method : undefined;
  return isEventType(type) ? inbound[type].handler : undefined;
}

/** Returns the message's name for users: the wire type, then the SDK's name. */
export function fullNameOf(from: "app" | "hubspot", type: string): string {
  return [type, sdkNameOf(from, type)].filter(Boolean).join(" ");
}

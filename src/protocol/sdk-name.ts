import { isEventType, isMessageType } from "./message-types.ts";
import { inbound, outbound } from "./messages.ts";

/**
 * The SDK's name for a message: the method that sends it, or the handler that receives it. Undefined for an unknown type.
 * @example
 * sdkNameOf("app", "OUTGOING_CALL_STARTED"); // "outgoingCall"
 * sdkNameOf("hubspot", "DIAL_NUMBER"); // "onDialNumber"
 */
export function sdkNameOf(from: "app" | "hubspot", type: string): string | undefined {
  if (from === "app") return isMessageType(type) ? outbound[type].method : undefined;
  return isEventType(type) ? inbound[type].handler : undefined;
}

/** The name of a message as users see it: wire type, then the SDK's name. */
export function fullNameOf(from: "app" | "hubspot", type: string): string {
  return [type, sdkNameOf(from, type)].filter(Boolean).join(" ");
}

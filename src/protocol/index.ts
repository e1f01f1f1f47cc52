// hubspot-calling-app/protocol: the payload types, and typed event handlers for the SDK.
import type { EventHandlers } from "./payload-types.ts";

export type { EventHandlers, Received, Sent, Unchecked } from "./payload-types.ts";

/**
 * Gives each handler the type of its payload, and makes every handler optional. The types of SDK 0.9.7 require all 21
 * handlers and type them as `Function`. At runtime, the SDK calls `defaultEventHandler` for an event without a handler.
 * @returns the same object; a minifier can remove the call
 * @example
 * import CallingExtensions from "@hubspot/calling-extensions-sdk";
 * import { eventHandlers } from "hubspot-calling-app/protocol";
 *
 * const cti = new CallingExtensions({
 *   debugMode: false,
 *   eventHandlers: eventHandlers({
 *     onReady: () => cti.initialized({ isLoggedIn: true }),
 *     onDialNumber: ({ phoneNumber }) => call(phoneNumber),
 *     defaultEventHandler() {},
 *   }),
 * });
 */
export function eventHandlers(handlers: EventHandlers): Required<EventHandlers>;
export function eventHandlers(handlers: object): object {
  return handlers;
}

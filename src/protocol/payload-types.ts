// Payload and handler types, derived from the message definitions. For the package, declarations.ts generates the same types
// without the schemas.
import type * as v from "valibot";
import type { inbound, outbound } from "./messages.ts";

/** Wire types of the messages from the app. */
export type MessageType = keyof typeof outbound;
/** Wire types of the events from HubSpot. */
export type EventType = keyof typeof inbound;
/** Payload of a message from the app, for example `Sent<"CALL_ENDED">`. */
export type Sent<Type extends MessageType> = v.InferOutput<(typeof outbound)[Type]["data"]>;
/** The expected payload of an event from HubSpot, for example `Received<"DIAL_NUMBER">`. */
export type Received<Type extends EventType> = v.InferOutput<(typeof inbound)[Type]["data"]>;
/** The payload of an event before validation: any field, at any depth, may be missing or null. */
export type Unchecked<Type extends EventType> = Loose<Received<Type>>;

/** The SDK's handlers, by their names in the SDK. */
export type EventHandlers = {
  [Type in keyof typeof inbound as `on${PascalCase<Type>}`]?: EventHandler<Received<Type>>;
} & {
  /** Receives the events that have no handler. */
  defaultEventHandler?: EventHandler<unknown>;
};
/** `event` is the whole message, with the payload in `data`. */
export type EventHandler<Payload> = (payload: Payload, event: { type: string; data?: Payload }) => unknown;

type PascalCase<Type extends string> = Type extends `${infer Word}_${infer Rest}`
  ? `${Capitalize<Lowercase<Word>>}${PascalCase<Rest>}`
  : Capitalize<Lowercase<Type>>;

type Loose<T> = T extends readonly (infer Item)[]
  ? readonly (Loose<Item> | null | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | null | undefined }
    : T;

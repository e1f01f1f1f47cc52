// The types of the payloads, derived from their definitions.
import type * as v from "valibot";
import type { inbound, outbound } from "./messages.ts";

/** Payload of a message from the app: `Sent<"CALL_ENDED">`. */
export type Sent<Type extends keyof typeof outbound> = v.InferOutput<(typeof outbound)[Type]["data"]>;
/** Payload of an event from HubSpot, as documented: `Received<"DIAL_NUMBER">`. */
export type Received<Type extends keyof typeof inbound> = v.InferOutput<(typeof inbound)[Type]["data"]>;
/** The same payload before validation: any field, at any depth, may be missing or null. */
export type Unchecked<Type extends keyof typeof inbound> = Loose<Received<Type>>;

type Loose<T> = T extends readonly (infer Item)[]
  ? readonly (Loose<Item> | null | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | null | undefined }
    : T;

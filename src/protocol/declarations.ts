// Generates the package's declaration file for payload-types.ts. Unlike tsc's output, the file describes fields in comments,
// and does not import valibot.
import * as v from "valibot";
import { inbound, outbound } from "./messages.ts";

type Messages = Record<string, { sure: string; source: string; data: v.GenericSchema }>;
type Schema = v.GenericSchema & {
  wrapped?: Schema;
  entries?: Record<string, Schema>;
  rest?: Schema;
  item?: Schema;
  options?: readonly unknown[];
  literal?: unknown;
};

const types = `
/** Wire types of the messages from the app. */
export type MessageType = keyof SentPayloads;
/** Wire types of the events from HubSpot. */
export type EventType = keyof ReceivedPayloads;
/** Payload of a message from the app, for example \`Sent<"CALL_ENDED">\`. */
export type Sent<Type extends MessageType> = SentPayloads[Type];
/** The expected payload of an event from HubSpot, for example \`Received<"DIAL_NUMBER">\`. */
export type Received<Type extends EventType> = ReceivedPayloads[Type];
/** The payload of an event before validation: any field, at any depth, may be missing or null. */
export type Unchecked<Type extends EventType> = Loose<ReceivedPayloads[Type]>;
/** \`event\` is the whole message, with the payload in \`data\`. */
export type EventHandler<Payload> = (payload: Payload, event: { type: string; data?: Payload }) => unknown;
type Loose<T> = T extends readonly (infer Item)[]
  ? readonly (Loose<Item> | null | undefined)[]
  : T extends object
    ? { readonly [Key in keyof T]?: Loose<T[Key]> | null | undefined }
    : T;
`;

/** @returns the text of payload-types.d.ts */
export function declarations(): string {
  const handlers = Object.entries(inbound).map(
    ([type, event]) =>
      `${commentOf(`${type}. Payload ${sourceOf(event)}`)}  ${event.handler}?: EventHandler<Received<"${type}">>;\n`,
  );
  return [
    `/** The payloads of the app's messages, by wire type. */\n${interfaceOf("SentPayloads", outbound, "method")}`,
    `/** The payloads of HubSpot's events, by wire type. */\n${interfaceOf("ReceivedPayloads", inbound, "handler")}`,
    `/** The SDK's handlers, by their names in the SDK. */\nexport interface EventHandlers {\n${handlers.join("")}`,
    `  /** Receives the events that have no handler. */\n  defaultEventHandler?: EventHandler<unknown>;\n}\n${types}`,
  ].join("");
}

function interfaceOf<Name extends string>(
  name: string,
  messages: Messages & Record<string, Record<Name, string>>,
  sdkName: Name,
): string {
  const members = Object.entries(messages).map(
    ([type, message]) =>
      `${commentOf(`${message[sdkName]}. Payload ${sourceOf(message)}`)}  ${type}: ${typeOf(message.data, "  ")};\n`,
  );
  return `export interface ${name} {\n${members.join("")}}\n`;
}

const sourceOf = ({ sure, source }: { sure: string; source: string }) =>
  sure === "sdk" ? `read from the SDK: ${source}` : `${sure}: ${source}`;

const commentOf = (text: string, indent = "  ") => `${indent}/** ${text.replaceAll("*/", "* /")} */\n`;

function typeOf(schema: Schema, indent: string): string {
  const { wrapped, entries, item, options, literal, type } = schema;
  if (entries) return objectOf(entries, schema.rest !== undefined, indent);
  if (item) return `${typeOf(item, indent)}[]`;
  if (type === "picklist") return (options ?? []).map((option) => JSON.stringify(option)).join(" | ");
  if (type === "union")
    return (options ?? [])
      .filter(isSchema)
      .map((option) => typeOf(option, indent))
      .join(" | ");
  if (type === "literal") return JSON.stringify(literal);
  if (wrapped) return typeOf(wrapped, indent);
  return type;
}

function objectOf(entries: Record<string, Schema>, hasRest: boolean, indent: string): string {
  const inner = `${indent}  `;
  const members = Object.entries(entries).map(([name, entry]) => {
    const schema = entry.wrapped ?? entry;
    const meaning = v.getDescription(schema);
    const comment = meaning === undefined ? "" : commentOf(meaning, inner);
    return `${comment}${inner}${name}${entry.wrapped ? "?" : ""}: ${typeOf(schema, inner)};\n`;
  });
  // A named property must have a type that the index signature allows.
  const rest = hasRest ? `${inner}[property: string]: string | number | undefined;\n` : "";
  return `{\n${members.join("")}${rest}${indent}}`;
}

const isSchema = (value: unknown): value is Schema => typeof value === "object" && value !== null && "type" in value;

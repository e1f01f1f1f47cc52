// What a message's fields mean, and how sure that is: read from the definition of the protocol. No DOM.
import * as v from "valibot";
import { toJson } from "../../dom/to-json.ts";
import { fieldsOf } from "../../protocol/fields.ts";
import { inbound, outbound } from "../../protocol/messages.ts";

/** A field of a payload, with its path as `objectCoordinates.objectId`. */
export type FieldDoc = {
  path: string;
  /** What came, as JSON; undefined where the field is not there. */
  value: string | undefined;
  /** Empty where nothing but the name is known. */
  meaning: string;
  isRequired: boolean;
  /** Whether the definition has it. */
  isKnown: boolean;
};

/** The method or handler of a message, how sure its payload is, and by what source. */
export type About = { name: string; sure: string; source: string };

/** What is known of a message of this type from that side, or undefined: a type is anybody's to choose. */
export function describeMessage(from: "app" | "hubspot", type: string): About | undefined {
  const found = definitionOf(from, type);
  return found && { name: "method" in found ? found.method : found.handler, sure: found.sure, source: found.source };
}

/** Every field that the definition of the message has, or that came, in the definition's order. */
export function describeFields(from: "app" | "hubspot", type: string, data: unknown): FieldDoc[] {
  const schema = definitionOf(from, type)?.data;
  return schema ? fieldsWithin(schema, data, "") : unknownFields(fieldsOf(data), [], "");
}

function definitionOf(from: "app" | "hubspot", type: string) {
  const known = from === "app" ? outbound : inbound;
  return Object.entries(known).find(([name]) => name === type)?.[1];
}

function fieldsWithin(schema: v.GenericSchema, data: unknown, path: string): FieldDoc[] {
  const entries = entriesOf(schema, data);
  const fields = fieldsOf(data);
  const known = Object.entries(entries).flatMap(([name, entry]): FieldDoc[] => {
    const inner = isWrapper(entry) ? entry.wrapped : entry;
    const here = path + name;
    const value = fields[name];
    const field = {
      path: here,
      value: name in fields ? json(value) : undefined,
      meaning: v.getDescription(inner) ?? "",
      isRequired: !isWrapper(entry),
      isKnown: true,
    };
    const isWhole = typeof value !== "object" || value === null || Object.keys(entriesOf(inner, value)).length === 0;
    return isWhole ? [field] : [{ ...field, value: "" }, ...fieldsWithin(inner, value, `${here}.`)];
  });
  return [...known, ...unknownFields(fields, Object.keys(entries), path)];
}

/** Fields that no definition has. */
function unknownFields(fields: object, known: readonly string[], path: string): FieldDoc[] {
  return Object.entries(fields)
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => {
      return { path: path + name, value: json(value), meaning: "", isRequired: false, isKnown: false };
    });
}

type Wrapper = v.GenericSchema & { wrapped: v.GenericSchema };
const isWrapper = (schema: v.GenericSchema): schema is Wrapper => "wrapped" in schema;
const hasEntries = (
  schema: v.GenericSchema,
): schema is v.GenericSchema & { entries: Record<string, v.GenericSchema> } => "entries" in schema;
const isUnion = (schema: v.GenericSchema): schema is v.GenericSchema & { options: v.GenericSchema[] } =>
  schema.type === "union" && "options" in schema;

/** The fields of an object, or of the variant of a union that the data is, else of its first. */
function entriesOf(schema: v.GenericSchema, data: unknown): Record<string, v.GenericSchema> {
  if (isUnion(schema)) {
    const variant = schema.options.find((option) => v.is(option, data)) ?? schema.options[0];
    return variant ? entriesOf(variant, data) : {};
  }
  return hasEntries(schema) ? schema.entries : {};
}

const json = (value: unknown) => toJson(value) || String(value);

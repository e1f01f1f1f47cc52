// Finds the fields of an object schema.
import * as v from "valibot";

type Wrapper = v.GenericSchema & { wrapped: v.GenericSchema };
export const isWrapper = (schema: v.GenericSchema): schema is Wrapper => "wrapped" in schema;
const hasEntries = (
  schema: v.GenericSchema,
): schema is v.GenericSchema & { entries: Record<string, v.GenericSchema> } => "entries" in schema;
const isUnion = (schema: v.GenericSchema): schema is v.GenericSchema & { options: v.GenericSchema[] } =>
  schema.type === "union" && "options" in schema;

/** Returns the schema inside an optional schema, or the schema itself. */
export const unwrap = (schema: v.GenericSchema): v.GenericSchema => (isWrapper(schema) ? schema.wrapped : schema);

/** Returns an object schema's fields. In a union, uses the variant that matches the data, or the first if none matches. */
export function entriesOf(schema: v.GenericSchema, data?: unknown): Record<string, v.GenericSchema> {
  if (isUnion(schema)) {
    const variant = schema.options.find((option) => v.is(option, data)) ?? schema.options[0];
    return variant ? entriesOf(variant, data) : {};
  }
  return hasEntries(schema) ? schema.entries : {};
}

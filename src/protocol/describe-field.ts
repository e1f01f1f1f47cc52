import * as v from "valibot";

/**
 * Returns the meaning of a message's field, or "" if the protocol definition does not describe the field.
 * @param path the path of a nested field contains dots, for example `objectCoordinates.objectId`
 */
export function describeField(schema: v.GenericSchema, path: string): string {
  const [name = "", ...rest] = path.split(".");
  const field = entriesOf(schema)[name];
  if (!field) return "";
  return rest.length > 0 ? describeField(unwrap(field), rest.join(".")) : (v.getDescription(unwrap(field)) ?? "");
}

const unwrap = (schema: v.GenericSchema): v.GenericSchema =>
  "wrapped" in schema && isSchema(schema.wrapped) ? schema.wrapped : schema;

const isSchema = (value: unknown): value is v.GenericSchema =>
  typeof value === "object" && value !== null && "kind" in value && value.kind === "schema";

function entriesOf(schema: v.GenericSchema): Record<string, v.GenericSchema | undefined> {
  if ("entries" in schema && typeof schema.entries === "object") {
    return Object.fromEntries(
      Object.entries(schema.entries ?? {}).map(([name, entry]: [string, unknown]) => [
        name,
        isSchema(entry) ? entry : undefined,
      ]),
    );
  }
  return {};
}

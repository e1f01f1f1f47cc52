import * as v from "valibot";
import { entriesOf, unwrap } from "./schema-fields.ts";

/**
 * Returns the meaning of a message's field, or "" if the protocol definition does not describe the field.
 * @param path the path of a nested field contains dots, for example `objectCoordinates.objectId`
 */
export function describeField(schema: v.GenericSchema, path: string): string {
  const [name = "", ...rest] = path.split(".");
  const field = entriesOf(schema)[name];
  if (!field) return "";
  const inner = unwrap(field);
  return rest.length > 0 ? describeField(inner, rest.join(".")) : (v.getDescription(inner) ?? "");
}

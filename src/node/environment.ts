// Reads variables from .env without adding them to process.env, so child processes do not inherit them.
import { parseEnv } from "node:util";
import { readTextIfThere } from "./read-file.ts";

/**
 * Returns the named variables that the file sets, or {} if the file does not exist.
 * @throws an Error with a one-line message that contains the path, if the file cannot be read or is not UTF-8
 */
export function readEnvironment(path: string, names: readonly string[]): Record<string, string | undefined> {
  const content = readTextIfThere(path);
  if (content === undefined) return {};
  const values = parseEnv(content);
  return Object.fromEntries(names.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]));
}

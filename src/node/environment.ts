// Reads variables from .env without adding them to process.env, so child processes do not inherit them.
import { parseEnv } from "node:util";
import { readIfThere } from "./read-file.ts";

/**
 * Returns the named variables that the file sets, or {} if the file does not exist.
 * @throws an Error in one line, with the file and what to do, if the file cannot be read or is not plain UTF-8.
 */
export function readEnvironment(path: string, names: readonly string[]): Record<string, string | undefined> {
  const bytes = readIfThere(path);
  if (!bytes) return {};
  const values = parseEnv(decode(bytes, path));
  return Object.fromEntries(names.filter((name) => Object.hasOwn(values, name)).map((name) => [name, values[name]]));
}

/** In another encoding, parseEnv would silently ignore the first line or every line. */
function decode(bytes: Uint8Array, path: string): string {
  const [first, second, third] = bytes;
  const remedy = "save it as UTF-8 without a byte order mark";
  if (first === 0xef && second === 0xbb && third === 0xbf) throw new Error(`${path} has a byte order mark; ${remedy}.`);
  const hasUtf16Mark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasUtf16Mark || bytes.includes(0)) throw new Error(`${path} is in UTF-16; ${remedy}.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${path} is not UTF-8; ${remedy}.`);
  }
}

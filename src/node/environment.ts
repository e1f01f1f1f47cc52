// Reads .env for whoever runs here: the variables that are asked for, which stay out of process.env, so that no program
// that is started from here inherits them.
import { parseEnv } from "node:util";
import { readIfThere } from "./read-file.ts";

/**
 * What the file says of these variables; nothing of any ({}), if there is no file.
 * @throws an Error in one line that names the file and says what to do, if it cannot be read or is not plain UTF-8.
 */
export function readEnvironment(path: string, names: readonly string[]): Record<string, string | undefined> {
  const bytes = readIfThere(path);
  if (!bytes) return {};
  const found = parseEnv(decode(bytes, path));
  return Object.fromEntries(names.filter((name) => Object.hasOwn(found, name)).map((name) => [name, found[name]]));
}

/** In any other encoding the first line, or every line, would be passed over in silence. */
function decode(bytes: Uint8Array, path: string): string {
  const [first, second, third] = bytes;
  const again = "save it as UTF-8 without a byte order mark";
  if (first === 0xef && second === 0xbb && third === 0xbf) throw new Error(`${path} has a byte order mark; ${again}.`);
  const marked = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (marked || bytes.includes(0)) throw new Error(`${path} is in UTF-16; ${again}.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${path} is not UTF-8; ${again}.`);
  }
}

import { readFileSync, statSync } from "node:fs";

/**
 * Returns undefined if the file does not exist. Does not read from a pipe, because that could block forever.
 * @throws an Error with a one-line message that contains the path, if the file cannot be read
 */
export function readIfThere(path: string): Buffer | undefined {
  try {
    if (statSync(path).isFile()) return readFileSync(path);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
    throw new Error(`${path} cannot be read. ${error}`);
  }
  throw new Error(`${path} cannot be read: it is not a file.`);
}

/**
 * Like `readIfThere`, but decodes UTF-8, and removes the byte order mark that some Windows programs write.
 * @throws an Error with a one-line message that contains the path, if the file cannot be read or is not UTF-8
 */
export function readTextIfThere(path: string): string | undefined {
  const bytes = readIfThere(path);
  if (!bytes) return undefined;
  const [first, second] = bytes;
  const hasUtf16Mark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  if (hasUtf16Mark || bytes.includes(0)) throw new Error(`${path} is in UTF-16; save it as UTF-8.`);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Error(`${path} is not UTF-8; save it as UTF-8.`);
  }
}

import { readFileSync, statSync } from "node:fs";

/**
 * Reads a file, or returns undefined if it does not exist. A pipe is an error, because reading it could wait for ever.
 * @throws an Error in one line that names the file.
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

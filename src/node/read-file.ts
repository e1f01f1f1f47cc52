// Reads the files that a server finds when it starts: not a pipe, which would keep it waiting for ever.
import { readFileSync, statSync } from "node:fs";

/**
 * The content of a file; undefined, if there is none.
 * @throws an Error in one line that names what cannot be read.
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

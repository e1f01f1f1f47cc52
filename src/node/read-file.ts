import { readFileSync, statSync } from "node:fs";

/**
 * Returns undefined if the file does not exist. Rejects a pipe, because reading it could block forever.
 * @throws an Error in one line, with the path.
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

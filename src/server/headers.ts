import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Returns the HTTP headers for the built pages, from the file that the build writes beside the pages. */
export function readHeaders(pages: string): Record<string, string> {
  return JSON.parse(readFileSync(join(pages, "headers.json"), "utf8"));
}

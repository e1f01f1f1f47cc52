import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Returns the HTTP headers for the built pages. The build writes them beside the pages. */
export function readHeaders(pages: string): Record<string, string> {
  return JSON.parse(readFileSync(join(pages, "headers.json"), "utf8"));
}

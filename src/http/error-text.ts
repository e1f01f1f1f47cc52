/** The message of anything that was thrown. */
export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Its first line: Playwright's errors go on with a log of the calls. */
export function firstLine(error: unknown): string {
  const [first = ""] = errorText(error).split("\n");
  return first;
}

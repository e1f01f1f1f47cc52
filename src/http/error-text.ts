export function errorText(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Returns only the first line of the error's message, because Playwright appends a call log. */
export function firstLine(error: unknown): string {
  const [first = ""] = errorText(error).split("\n");
  return first;
}

/** Converts data to JSON. Returns "" for undefined. If the conversion fails, returns the error as a JSON string. */
export function toJson(data: unknown): string {
  try {
    const json: string | undefined = JSON.stringify(data);
    return json ?? "";
  } catch (error) {
    return JSON.stringify(`${error}`);
  }
}

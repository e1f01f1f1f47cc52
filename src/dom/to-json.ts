/** Converts data to JSON. Returns "" for undefined, and the error message for data that JSON cannot represent. */
export function toJson(data: unknown): string {
  try {
    const json: string | undefined = JSON.stringify(data);
    return json ?? "";
  } catch (error) {
    return JSON.stringify(`${error}`);
  }
}

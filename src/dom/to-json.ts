/** Data as JSON; empty for undefined. Never throws: data that JSON cannot express becomes the text of the error. */
export function toJson(data: unknown): string {
  try {
    const json: string | undefined = JSON.stringify(data);
    return json ?? "";
  } catch (error) {
    return JSON.stringify(`${error}`);
  }
}

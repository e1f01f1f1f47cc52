// Reads payloads before validation, when any field may be missing or have any type.

export type Fields = { readonly [name: string]: unknown };

/** Returns {} if the payload is not a plain object, because a typed array, for example, could have a million fields. */
export function fieldsOf(data: unknown): Fields {
  const isPlain = typeof data === "object" && data !== null && Object.getPrototypeOf(data) === Object.prototype;
  return isPlain ? { ...data } : {};
}

export function textOf(value: unknown): string {
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value); // the value contains a cycle or a BigInt
  }
}

/** Formats any value for use in a sentence, with quotes around strings, and truncates the result to 80 characters. */
export function quote(value: unknown): string {
  return (typeof value === "string" ? JSON.stringify(value) : textOf(value)).slice(0, 80);
}

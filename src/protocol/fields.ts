// Reads payloads as they arrive. Nothing has validated them yet: any field may be missing or have any type.

export type Fields = { readonly [name: string]: unknown };

/** The fields of the payload; {} if it is not a plain object, because a typed array may have a million fields. */
export function fieldsOf(data: unknown): Fields {
  const isPlain = typeof data === "object" && data !== null && Object.getPrototypeOf(data) === Object.prototype;
  return isPlain ? { ...data } : {};
}

/** Any value as text. */
export function textOf(value: unknown): string {
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value); // it contains a cycle or a BigInt
  }
}

/** Any value for use in a sentence: at most 80 characters, text in quotes. */
export function quote(value: unknown): string {
  return (typeof value === "string" ? JSON.stringify(value) : textOf(value)).slice(0, 80);
}

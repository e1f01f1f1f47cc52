// Payloads as they arrive: nothing checks them on the way, so every field may be missing or of any type.

export type Fields = { readonly [name: string]: unknown };

/** The payload's fields; {} if it is not a plain object: a typed array may have a million fields. */
export function fieldsOf(data: unknown): Fields {
  const isPlain = typeof data === "object" && data !== null && Object.getPrototypeOf(data) === Object.prototype;
  return isPlain ? { ...data } : {};
}

/** Any value as text, for example an id, or what the app sent in its place. */
export function textOf(value: unknown): string {
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    return Object.prototype.toString.call(value); // it has a cycle or a BigInt in it
  }
}

/** Any value for a sentence: short, and text in quotes. */
export function quote(value: unknown): string {
  return (typeof value === "string" ? JSON.stringify(value) : textOf(value)).slice(0, 80);
}

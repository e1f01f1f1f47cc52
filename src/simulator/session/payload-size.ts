// Measures payloads, because the simulator ignores messages that are too large to store and show. Does not use the DOM.

/**
 * Counts characters, bytes and values, up to the limit. The size of a larger payload is Infinity. An object that occurs
 * several times counts each time, as in JSON. The parts of an object that contains itself count once.
 */
export function payloadSize(payload: unknown, limit: number): number {
  const ancestors = new Set<object>();
  const remaining: unknown[] = [];
  let size = 0;

  /** Returns false if the size exceeds the limit, so that `addParts` stops. */
  function add(value: unknown): boolean {
    size += sizeOf(value, limit);
    if (size <= limit && typeof value === "object" && value !== null) remaining.push(value);
    return size <= limit;
  }

  add(payload);
  while (size <= limit && remaining.length > 0) {
    const value = remaining.pop();
    if (value instanceof End) ancestors.delete(value.of);
    else if (typeof value === "object" && value !== null && !ancestors.has(value)) {
      ancestors.add(value);
      remaining.push(new End(value));
      addParts(value, add);
    }
  }
  return size <= limit ? size : Number.POSITIVE_INFINITY;
}

export const isLarger = (payload: unknown, limit: number) => payloadSize(payload, limit) > limit;

/** Marks the end of an object's parts on the stack. */
class End {
  constructor(readonly of: object) {}
}

/** Calls `add` for each part of the object until `add` returns false. Does not copy the parts. */
function addParts(value: object, add: (part: unknown) => boolean): void {
  if (value instanceof Map) {
    for (const [key, item] of value) if (!add(key) || !add(item)) return;
  } else if (value instanceof Set) {
    for (const item of value) if (!add(item)) return;
  } else if (value instanceof Error) add(value.cause);
  else if (!hasBytes(value) && !(value instanceof String)) {
    for (const key in value) if (!add(key) || !add(Reflect.get(value, key))) return;
  }
}

/** Returns the size of a value without the parts that `addParts` adds. */
function sizeOf(value: unknown, limit: number): number {
  if (typeof value === "string") return 1 + value.length;
  if (typeof value === "bigint") return 1 + digitsOf(value, limit);
  return typeof value === "object" && value !== null ? 1 + ownSizeOf(value, limit) : 1;
}

/** An array also counts its length, because a sparse array can have few items but a huge length. */
function ownSizeOf(value: object, limit: number): number {
  if (hasBytes(value)) return value.byteLength;
  if (Array.isArray(value)) return value.length;
  if (value instanceof Map || value instanceof Set || value instanceof Blob) return value.size;
  if (value instanceof String) return value.length;
  if (value instanceof RegExp) return value.source.length;
  if (value instanceof Error) return value.name.length + value.message.length + (value.stack?.length ?? 0);
  if (value instanceof BigInt) return digitsOf(value.valueOf(), limit);
  return 0;
}

function hasBytes(value: object): value is { byteLength: number } {
  return value instanceof ArrayBuffer || ArrayBuffer.isView(value);
}

/** Counts hexadecimal digits. Returns the limit for a huge number, because converting it to a string would block the page. */
function digitsOf(value: bigint, limit: number): number {
  return BigInt.asIntN(4 * Math.min(limit, 1e6), value) === value ? value.toString(16).length : limit;
}

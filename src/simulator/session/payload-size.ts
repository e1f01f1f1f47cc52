// How much there is in a payload: the page takes no more of an app than it can hold and show. No DOM.

/**
 * Whether a payload that was posted holds more than so many characters, bytes and values.
 * Nothing is counted beyond the limit, so that a huge one is refused as fast as a small one.
 */
export function isLarger(payload: unknown, limit: number): boolean {
  const met = new Set<object>();
  const open = [payload];
  let weight = 0;
  while (open.length > 0) {
    const value = open.pop();
    weight += 1;
    if (typeof value === "string") weight += value.length;
    if (typeof value === "object" && value !== null && !met.has(value)) {
      met.add(value);
      weight += sizeOf(value);
      if (weight <= limit) open.push(...partsOf(value));
    }
    if (weight > limit) return true;
  }
  return false;
}

/** Bytes, or the number of parts, as far as they are known without a look at each. */
function sizeOf(value: object): number {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return value.byteLength;
  if (Array.isArray(value)) return value.length;
  return value instanceof Map || value instanceof Set ? value.size : 0;
}

function partsOf(value: object): unknown[] {
  if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) return [];
  if (value instanceof Map || value instanceof Set) return [...value];
  return Object.entries(value).flat();
}

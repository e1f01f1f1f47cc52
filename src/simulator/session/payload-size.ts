// Measures a payload, because the page rejects messages that are too large to store and show. No DOM.

/** Counts characters, bytes and values. Stops at the limit, so a huge payload does not block the page. */
export function isLarger(payload: unknown, limit: number): boolean {
  const visited = new Set<object>();
  const remaining = [payload];
  let size = 0;
  while (remaining.length > 0) {
    const value = remaining.pop();
    size += 1;
    if (typeof value === "string") size += value.length;
    if (typeof value === "object" && value !== null && !visited.has(value)) {
      visited.add(value);
      size += sizeOf(value);
      if (size <= limit) remaining.push(...partsOf(value));
    }
    if (size > limit) return true;
  }
  return false;
}

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

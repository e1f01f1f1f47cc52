// Random values that depend only on the seed.

export function chance(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return {
    /** Returns an integer from 0 to limit - 1. */
    below,
    pick: <T>(values: readonly T[]): T => {
      for (const value of values.slice(below(values.length))) return value;
      throw new Error("The list to pick from is empty.");
    },
    bytes: (length: number) => Uint8Array.from({ length }, () => below(256)),
  };
}

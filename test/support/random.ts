// Pseudo-random values, the same in every run.

export function chance(seed: number) {
  let state = seed;
  const below = (limit: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  return {
    /** A whole number from 0, below the limit. */
    below,
    pick: <T>(values: readonly T[]): T => {
      for (const value of values.slice(below(values.length))) return value;
      throw new Error("there are no values to pick from");
    },
    bytes: (length: number) => Uint8Array.from({ length }, () => below(256)),
  };
}

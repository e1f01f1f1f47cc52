// Compares two measurements in a benchmark. Every round takes both measurements and yields one ratio. The machine's speed
// drifts, but affects both measurements in a round equally.

export type Ratio = { median: number; lower: number; upper: number; pairs: number };

export function pairedRatio(ours: readonly number[], theirs: readonly number[]): Ratio {
  const ratios = ours.map((value, round) => value / (theirs[round] ?? Number.NaN));
  return {
    median: median(ratios),
    lower: quantile(ratios, 0.25),
    upper: quantile(ratios, 0.75),
    pairs: ratios.length,
  };
}

export const median = (values: readonly number[]) => quantile(values, 0.5);

/** Returns the quantile for a fraction between 0 and 1, interpolated between neighboring values. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** Returns, for example, "1.42 times a page of 400 bytes (median of 60 pairs; quartiles 1.31 and 1.55)". */
export function describeRatio({ median, lower, upper, pairs }: Ratio, baseline: string): string {
  const [middle, first, third] = [median, lower, upper].map((ratio) => ratio.toFixed(2));
  return `${middle} times ${baseline} (median of ${pairs} pairs; quartiles ${first} and ${third})`;
}

/** Varies the order from round to round, so that no runner always runs first or always follows the same runner. */
export function orderForRound<Runner>(runners: readonly Runner[], round: number): Runner[] {
  const first = round % runners.length;
  const rotated = [...runners.slice(first), ...runners.slice(0, first)];
  return Math.floor(round / runners.length) % 2 ? rotated.toReversed() : rotated;
}

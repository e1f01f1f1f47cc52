// What the benchmarks share: several things run in turn, and how many times one of them another is. Runs of the same
// round are compared, since the speed of a machine drifts and takes both along.

/** The median of the ratios, with their quartiles. */
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

/** The value that this part of all values is below; between two of them where it falls between them. */
function quantile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (sorted.length - 1) * part;
  const below = sorted[Math.floor(at)] ?? Number.NaN;
  const above = sorted[Math.ceil(at)] ?? Number.NaN;
  return below + (above - below) * (at - Math.floor(at));
}

/** As in "1.42 times a page of 400 bytes (median of 60 pairs; quartiles 1.31 and 1.55)". */
export function inWords({ median, lower, upper, pairs }: Ratio, what: string): string {
  const [middle, first, third] = [median, lower, upper].map((ratio) => ratio.toFixed(2));
  return `${middle} times ${what} (median of ${pairs} pairs; quartiles ${first} and ${third})`;
}

/** The runners of one round, each round in another order: none is always first, or always after the same one. */
export function inTurn<Runner>(runners: readonly Runner[], round: number): Runner[] {
  const first = round % runners.length;
  const turned = [...runners.slice(first), ...runners.slice(0, first)];
  return Math.floor(round / runners.length) % 2 ? turned.toReversed() : turned;
}

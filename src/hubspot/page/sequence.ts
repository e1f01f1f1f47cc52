// The messages as a sequence diagram: lanes, arrows and what is written at them, as numbers and words. No DOM.
import type { Finding } from "../session/contract.ts";

/** Who speaks: HubSpot's page, the app in this page, or the app in another page of the same account. */
export type Lane = "hubspot" | "app" | "elsewhere";

export type Arrow = {
  /** Milliseconds since 1970, and since the arrow before. */
  at: number;
  since: number;
  from: Lane;
  to: Lane;
  type: string;
  /** What there is to say about it, findings apart. */
  note: string;
  findings: readonly Finding[];
};

/** Pixels. Every row is as high as every other, so that what is in sight is known without drawing the rest. */
export const rowHeight = 52;
export const headHeight = 32;
const timeWidth = 104;
const margin = 24;

/** Where the lanes are, in a diagram of that width; the third only where somebody speaks there. */
export function lanesAt(
  width: number,
  hasElsewhere: boolean,
): Partial<Record<Lane, number>> & { hubspot: number; app: number } {
  const left = timeWidth + margin + 36;
  const right = Math.max(left + 160, width - margin - 60);
  return hasElsewhere
    ? { hubspot: left, app: (left + right) / 2, elsewhere: right }
    : { hubspot: left, app: Math.min(right, left + 480) };
}

/** The rows to draw: those between the edges, and a few beyond, so that scrolling shows no gap. */
export function rowsInSight(scrolled: number, height: number, count: number): [first: number, end: number] {
  const spare = 6;
  const first = Math.floor((scrolled - headHeight) / rowHeight) - spare;
  const end = Math.ceil((scrolled + height) / rowHeight) + spare;
  return [Math.min(Math.max(0, first), count), Math.min(Math.max(0, end), count)];
}

type Judged = { rule: string; severity: Finding["severity"] };

/** The worst of the findings and how many more there are, in one line; empty for none. */
export function findingLine(findings: readonly Judged[]): string {
  const worst = worstOf(findings);
  if (!worst) return "";
  const more = findings.length > 1 ? ` and ${findings.length - 1} more` : "";
  return `${worst.severity}: ${worst.rule}${more}`;
}

export function worstOf<Of extends Judged>(findings: readonly Of[]): Of | undefined {
  return findings.find(({ severity }) => severity === "error") ?? findings[0];
}

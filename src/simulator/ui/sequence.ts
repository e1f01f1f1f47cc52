// The messages as a sequence diagram: lanes, arrows and what is written at them, as numbers and words. No DOM.
import type { Finding } from "../rules/finding.ts";

/** Who speaks: HubSpot's page, the app in this page, or the app in another page of the same account. */
export type Lane = "hubspot" | "app" | "otherTab";

export type Arrow = {
  /** Milliseconds since 1970, and since the arrow before. */
  at: number;
  since: number;
  from: Lane;
  to: Lane;
  type: string;
  /** What there is to say about it, findings apart. */
  note: string;
  /** Whether its message is the one that is shown below the diagram. */
  isOpened: boolean;
  findings: readonly Finding[];
};

/** Pixels. Every row is as high as every other, so that what is in sight is known without drawing the rest. */
export const rowHeight = 52;
export const headHeight = 32;

/** Less than this, and the times stand one below the other. */
const narrow = 480;

/** Where everything stands in a row, in pixels from the left and from the row's top. */
export type Places = {
  lanes: Partial<Record<Lane, number>> & { hubspot: number; app: number };
  since: { x: number; y: number };
};

/** Where everything stands in a diagram of that width; a third lane only where somebody speaks there. */
export function placesIn(width: number, hasOtherTab: boolean): Places {
  const isNarrow = width < narrow;
  const left = isNarrow ? 84 : 164;
  const right = Math.max(left + 160, width - (hasOtherTab ? 84 : 36));
  const lanes = hasOtherTab
    ? { hubspot: left, app: (left + right) / 2, otherTab: right }
    : { hubspot: left, app: Math.min(right, left + 480) };
  return { lanes, since: isNarrow ? { x: 12, y: 48 } : { x: 76, y: 32 } };
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

// Calculates the layout of the sequence diagram. Does not use the DOM.
import type { Finding } from "../../rules/finding.ts";

/** `otherTab` is the app in another tab of the same account, or in the calling window. */
export type Lane = "hubspot" | "app" | "otherTab";

export type Arrow = {
  /** A Unix time in milliseconds. */
  at: number;
  /** Milliseconds since the previous arrow. */
  since: number;
  from: Lane;
  to: Lane;
  type: string;
  sdkName: string | undefined;
  note: string;
  /** Whether the message pane shows this message. */
  isOpened: boolean;
  findings: readonly Finding[];
};

/** In pixels. All rows have the same height, so the visible rows can be calculated without rendering. */
export const rowHeight = 52;
export const headHeight = 32;

/** In pixels. In a narrower diagram, the elapsed time is below the time of day. */
const minWideWidth = 480;

/** Positions in pixels. Lanes and `x` are measured from the left, and `y` from the top of the row. */
export type Places = {
  lanes: Partial<Record<Lane, number>> & { hubspot: number; app: number };
  since: { x: number; y: number };
};

/** @param hasOtherTab whether to add a lane for other tabs */
export function placesIn(width: number, hasOtherTab: boolean): Places {
  const isNarrow = width < minWideWidth;
  const left = isNarrow ? 84 : 164;
  const right = Math.max(left + 160, width - (hasOtherTab ? 84 : 36));
  const lanes = hasOtherTab
    ? { hubspot: left, app: (left + right) / 2, otherTab: right }
    : { hubspot: left, app: Math.min(right, left + 480) };
  return { lanes, since: isNarrow ? { x: 12, y: 48 } : { x: 76, y: 32 } };
}

/** Returns the range of rows to render: the visible rows, and a few rows above and below, so that scrolling shows no gap. */
export function rowsInSight(scrolled: number, height: number, count: number): [first: number, end: number] {
  const spare = 6;
  const first = Math.floor((scrolled - headHeight) / rowHeight) - spare;
  const end = Math.ceil((scrolled + height) / rowHeight) + spare;
  return [Math.min(Math.max(0, first), count), Math.min(Math.max(0, end), count)];
}

type RatedRule = { rule: string; severity: Finding["severity"] };

/** Returns text with the worst finding and the number of further findings, or "" if there are no findings. */
export function findingLine(findings: readonly RatedRule[]): string {
  const worst = worstOf(findings);
  if (!worst) return "";
  const more = findings.length > 1 ? ` and ${findings.length - 1} more` : "";
  return `${worst.severity}: ${worst.rule}${more}`;
}

export function worstOf<Of extends RatedRule>(findings: readonly Of[]): Of | undefined {
  return findings.find(({ severity }) => severity === "error") ?? findings[0];
}

// The layout of the sequence diagram. No DOM.
import type { Finding } from "../rules/finding.ts";

/** HubSpot, the app in this tab, or the app in another tab with the same account. */
export type Lane = "hubspot" | "app" | "otherTab";

export type Arrow = {
  /** Milliseconds since 1970. */
  at: number;
  /** Milliseconds since the previous arrow. */
  since: number;
  from: Lane;
  to: Lane;
  type: string;
  /** The SDK's method or handler. */
  sdkName: string | undefined;
  note: string;
  /** Whether the message is open below the diagram. */
  isOpened: boolean;
  findings: readonly Finding[];
};

/** Pixels. All rows have the same height, so that the visible rows are known without rendering the others. */
export const rowHeight = 52;
export const headHeight = 32;

/** In a narrower diagram, the elapsed time is below the time. */
const minWideWidth = 480;

/** Positions in a row: pixels from the left, and from the top of the row. */
export type Places = {
  lanes: Partial<Record<Lane, number>> & { hubspot: number; app: number };
  since: { x: number; y: number };
};

/** @param hasOtherTab adds a third lane, for other tabs */
export function placesIn(width: number, hasOtherTab: boolean): Places {
  const isNarrow = width < minWideWidth;
  const left = isNarrow ? 84 : 164;
  const right = Math.max(left + 160, width - (hasOtherTab ? 84 : 36));
  const lanes = hasOtherTab
    ? { hubspot: left, app: (left + right) / 2, otherTab: right }
    : { hubspot: left, app: Math.min(right, left + 480) };
  return { lanes, since: isNarrow ? { x: 12, y: 48 } : { x: 76, y: 32 } };
}

/** The rows to render: the visible ones and a few on either side, so that scrolling shows no gap. */
export function rowsInSight(scrolled: number, height: number, count: number): [first: number, end: number] {
  const spare = 6;
  const first = Math.floor((scrolled - headHeight) / rowHeight) - spare;
  const end = Math.ceil((scrolled + height) / rowHeight) + spare;
  return [Math.min(Math.max(0, first), count), Math.min(Math.max(0, end), count)];
}

type RatedRule = { rule: string; severity: Finding["severity"] };

/** The worst finding and the number of others, in one line. Empty without findings. */
export function findingLine(findings: readonly RatedRule[]): string {
  const worst = worstOf(findings);
  if (!worst) return "";
  const more = findings.length > 1 ? ` and ${findings.length - 1} more` : "";
  return `${worst.severity}: ${worst.rule}${more}`;
}

export function worstOf<Of extends RatedRule>(findings: readonly Of[]): Of | undefined {
  return findings.find(({ severity }) => severity === "error") ?? findings[0];
}

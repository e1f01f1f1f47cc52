import { formatTime } from "./format-time.ts";

export type Entry = {
  /** in: from HubSpot. out: from the app. note: neither, but worth knowing. */
  direction: "in" | "out" | "note";
  /** Wire type of the message. */
  type: string;
  /** Name of the handler that the event goes to. */
  handler?: string | undefined;
  data?: unknown;
  /** A remark for the reader. */
  note?: string | undefined;
  /** Marks the row as a failure. Types that end with FAILED are marked without it. */
  trouble?: boolean | undefined;
};

export type LogRecord = Omit<Entry, "data"> & {
  /** Milliseconds since 1970. */
  at: number;
  /** Milliseconds since the record before. */
  since: number;
  /** How often `count` was called with it. */
  times: number;
  /** The data as it was when it came. */
  json: string;
};

export const arrows = { in: "←", out: "→", note: "·" };

/** The note, and how often the record was counted. */
export function noteOf({ note = "", times }: LogRecord): string {
  return times > 1 ? `${note}, ${times} times` : note;
}

/** The record as one line of JSON. */
export function toJsonLine({ json, times, ...record }: LogRecord): string {
  const head = JSON.stringify(times > 1 ? { ...record, times } : record);
  return `${json ? `${head.slice(0, -1)},"data":${json}}` : head}\n`;
}

/** The record as text for the console, without its data. */
export function toConsoleText({ at, direction, type, handler, note }: LogRecord): string {
  return `${formatTime(at)} ${arrows[direction]} ${type}${handler ? ` ${handler}` : ""}${note ? ` ${note}` : ""}`;
}

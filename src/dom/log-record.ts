import { formatTime } from "./format-time.ts";

export type Entry = {
  /** The message's sender. Undefined for a note. */
  from?: "hubspot" | "app" | undefined;
  /** The message's wire type, or a note's label, for example DROPPED. */
  type: string;
  /** The SDK's name for the message: the method that sends it, or the handler that receives it. */
  sdkName?: string | undefined;
  data?: unknown;
  note?: string | undefined;
  /** Marks the row as a failure. Rows of type ERROR, DROPPED, FAILED and …_FAILED are always marked. */
  trouble?: boolean | undefined;
};

export type LogRecord = Omit<Entry, "data"> & {
  /** A Unix time in milliseconds. */
  at: number;
  /** Milliseconds since the previous record. */
  since: number;
  /** How many equal entries this record represents. */
  times: number;
  /** The data as JSON, converted when the record was added. */
  json: string;
};

/** HubSpot is on the left and the app on the right, as in the diagram. */
export const arrowOf = ({ from }: Pick<Entry, "from">) => (from ? { hubspot: "→", app: "←" }[from] : "·");

export function noteOf({ note = "", times }: LogRecord): string {
  return times > 1 ? `${note}, ${times} times` : note;
}

export function toJsonLine({ json, times, ...record }: LogRecord): string {
  const head = JSON.stringify(times > 1 ? { ...record, times } : record);
  return `${json ? `${head.slice(0, -1)},"data":${json}}` : head}\n`;
}

/** Formats the record for the console, without its data. */
export function toConsoleText(record: LogRecord): string {
  const { at, type, sdkName, note } = record;
  return [formatTime(at), arrowOf(record), type, sdkName, note].filter(Boolean).join(" ");
}

import { make } from "./element.ts";
import { formatElapsed, formatTime } from "./format-time.ts";
import { arrowOf, type LogRecord, noteOf } from "./log-record.ts";

const previewLength = 160;

/** A row shows its record in one line. An open row also shows all the data. */
export function createLogRow(record: LogRecord): HTMLElement {
  const payload = make("pre");
  const row = make("details", {}, make("summary", {}, ...createCells(record)), payload);
  markRow(row, record);
  row.ontoggle = () => {
    payload.textContent = formatJson(record.json);
    if (row.open) row.scrollIntoView({ block: "nearest" });
  };
  return row;
}

/** Creates the cells of one line: time, arrow, wire type and SDK name, note and the start of the data. */
export function createCells(record: LogRecord): HTMLElement[] {
  const { at, since, type, sdkName = "", json } = record;
  return [
    make("time", {}, formatTime(at)),
    make("small", {}, formatElapsed(since)),
    make("i", {}, arrowOf(record)),
    make("b", {}, preview(type), " ", make("span", {}, sdkName)),
    make("samp", {}, make("em", {}, noteOf(record)), " ", make("code", {}, preview(json))),
  ];
}

/** Sets the attributes that CSS and tests select rows by. */
export function markRow(row: HTMLElement, { from, type, trouble }: LogRecord): void {
  if (from) row.dataset.from = from;
  row.dataset.type = preview(type);
  if (trouble || /(^|_)FAILED$|^(ERROR|DROPPED)$/.test(type)) row.dataset.trouble = "";
}

export const formatJson = (json: string) => JSON.stringify(JSON.parse(json || "null"), null, 2);

export function updateNote(row: HTMLElement | undefined, record: LogRecord): void {
  const note = row?.querySelector("em");
  if (note) note.textContent = noteOf(record);
}

/** Truncates text without splitting a surrogate pair. */
const preview = (text: string) => text.slice(0, previewLength).replace(/\p{Surrogate}$/u, "");

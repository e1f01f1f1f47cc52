import { make } from "./element.ts";
import { formatElapsed, formatTime } from "./format-time.ts";
import { arrowOf, type LogRecord, noteOf } from "./log-record.ts";

const previewLength = 160;

/** A closed row is one line, which contains only the start of the data. An open row shows all the data. */
export function createLogRow(record: LogRecord): HTMLElement {
  const { at, since, from, type, sdkName = "", json, trouble } = record;
  const summary = make(
    "summary",
    {},
    make("time", {}, formatTime(at)),
    make("small", {}, formatElapsed(since)),
    make("i", {}, arrowOf(record)),
    make("b", {}, preview(type), " ", make("span", {}, sdkName)),
    make("samp", {}, make("em", {}, noteOf(record)), " ", make("code", {}, preview(json))),
  );
  const payload = make("pre");
  const row = make("details", {}, summary, payload);
  if (from) row.dataset.from = from;
  row.dataset.type = preview(type);
  if (trouble || /(^|_)FAILED$|^(ERROR|DROPPED)$/.test(type)) row.dataset.trouble = "";
  row.ontoggle = () => {
    payload.textContent = JSON.stringify(JSON.parse(json || "null"), null, 2);
    if (row.open) row.scrollIntoView({ block: "nearest" });
  };
  return row;
}

export function updateNote(row: HTMLElement | undefined, record: LogRecord): void {
  const note = row?.querySelector("em");
  if (note) note.textContent = noteOf(record);
}

/** Truncates text without splitting a surrogate pair. */
const preview = (text: string) => text.slice(0, previewLength).replace(/\p{Surrogate}$/u, "");

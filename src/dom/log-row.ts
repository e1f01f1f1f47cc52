import { make } from "./element.ts";
import { formatElapsed, formatTime } from "./format-time.ts";
import { arrows, type LogRecord, noteOf } from "./log-record.ts";

const previewLength = 160;

/** A row with time, arrow, type, handler, note and the beginning of the data; opened, it shows all the data. */
export function createLogRow(record: LogRecord): HTMLElement {
  const { at, since, direction, type, handler = "", json, trouble } = record;
  const summary = make(
    "summary",
    {},
    make("time", {}, formatTime(at)),
    make("small", {}, formatElapsed(since)),
    make("i", {}, arrows[direction]),
    make("b", {}, preview(type)),
    make("span", {}, handler),
    make("samp", {}, make("em", {}, noteOf(record)), make("code", {}, preview(json))),
  );
  const payload = make("pre");
  const row = make("details", {}, summary, payload);
  row.dataset.direction = direction;
  row.dataset.type = preview(type);
  if (trouble || /^(.*_)?FAILED$|^ERROR$|^DROPPED$/.test(type)) row.dataset.trouble = "";
  row.ontoggle = () => {
    payload.textContent = JSON.stringify(JSON.parse(json || "null"), null, 2);
    if (row.open) row.scrollIntoView({ block: "nearest" });
  };
  return row;
}

/** Writes the note again, if the record has a row. */
export function updateNote(row: HTMLElement | undefined, record: LogRecord): void {
  const note = row?.querySelector("em");
  if (note) note.textContent = noteOf(record);
}

/** The beginning of a text, without half a surrogate pair at its end. */
const preview = (text: string) => text.slice(0, previewLength).replace(/\p{Surrogate}$/u, "");

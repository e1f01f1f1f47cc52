// One record per message, the same on the panel and on the console. Both pages use it.
// A burst of messages is drawn once per animation frame, whatever its size.
import { copyOnClick, download } from "./clipboard.ts";
import { element, make } from "./element.ts";
import { toMermaid } from "./mermaid.ts";

const keptRecords = 10_000;
const keptCharacters = 64_000_000;
const shown = 500;
const previewLength = 160;
const arrows = { in: "←", out: "→", note: "·" };

export type Entry = {
  /** in: from HubSpot. out: from the app. note: neither, but worth knowing. */
  direction: "in" | "out" | "note";
  /** Wire type of the message. */
  type: string;
  /** Name of the handler that the event goes to. */
  handler?: string | undefined;
  data?: unknown;
  /** What there is to say about it, in words. */
  note?: string | undefined;
  /** Whether something went wrong. A message whose type says so need not be marked. */
  trouble?: boolean | undefined;
};

/**
 * `at` is in milliseconds since 1970, `since` the milliseconds since the record before, `times` how often `count` was
 * told of it, `json` the data as it was when it came.
 */
export type LogRecord = Omit<Entry, "data"> & { at: number; since: number; times: number; json: string };

export type Log = {
  add(entry: Entry): LogRecord;
  /** Adds a record the first time, and counts up the same one from then on. */
  count(entry: Entry): void;
  /** All that is kept, and what the filter leaves of it; oldest first. */
  all(): readonly LogRecord[];
  matching(): readonly LogRecord[];
  /** The row of a record, if it is on the panel. */
  row(record: LogRecord): HTMLElement | undefined;
  /** The row of a record that is kept, brought onto the panel whatever the filter says. */
  bring(record: LogRecord): HTMLElement | undefined;
};

/** What a page does besides: with each row that is made, and after the panel was drawn. */
export type Following = { made?(record: LogRecord, row: HTMLElement): void; drawn?(): void };

/**
 * Opens the log on the page's elements: #log itself, #filter, #shown, #clear, #copy, #copyDiagram, #download, #kept.
 * It keeps the last 10,000 records (fewer when they pass 64 million characters) and shows the last 500.
 */
export function createLog({ made, drawn }: Following = {}): Log {
  const panel = element("log", HTMLElement);
  const filter = element("filter", HTMLInputElement);
  const direction = element("shown", HTMLSelectElement);
  const keptText = element("kept", HTMLElement);

  let records: LogRecord[] = [];
  let characters = 0;
  let letGo = 0;
  let undrawn = 0;
  let atEnd = true;
  let willDraw = false;
  const counted = new Map<string, LogRecord>();
  /** The rows on the panel, the oldest first. */
  const rows = new Map<LogRecord, HTMLElement>();

  function add(entry: Entry): LogRecord {
    const { data, ...told } = entry;
    const at = Date.now();
    const record: LogRecord = { ...told, at, since: at - (records.at(-1)?.at ?? at), times: 1, json: toJson(data) };
    records.push(record);
    characters += record.json.length;
    while (records.length > keptRecords || (characters > keptCharacters && records.length > 1)) {
      const gone = records.shift();
      if (!gone) break;
      characters -= gone.json.length;
      letGo += 1;
      removeRow(gone);
    }
    console.log(
      [clock(at), arrows[entry.direction], entry.type, entry.handler, entry.note].filter(Boolean).join(" "),
      data,
    );
    drawSoon(undrawn + 1);
    return record;
  }

  function count(entry: Entry): void {
    const key = `${entry.type} ${entry.note}`;
    const before = counted.get(key);
    if (!before || !records.includes(before)) {
      counted.set(key, add(entry));
      return;
    }
    before.times += 1;
    const said = rows.get(before)?.querySelector("em");
    if (said) said.textContent = words(before);
  }

  function removeRow(record: LogRecord): void {
    rows.get(record)?.remove();
    rows.delete(record);
  }

  function matching(some: readonly LogRecord[]): LogRecord[] {
    const sought = filter.value.trim().toLowerCase();
    const matches = ({ type, handler = "", note = "", json }: LogRecord) =>
      `${type} ${handler} ${note} ${json}`.toLowerCase().includes(sought);
    return some.filter(
      (record) => (direction.value || record.direction) === record.direction && (!sought || matches(record)),
    );
  }

  function drawSoon(newest: number): void {
    if (!willDraw) requestAnimationFrame(draw);
    willDraw = true;
    undrawn = newest;
  }

  function draw(): void {
    const fresh = matching(records.slice(-undrawn)).slice(-shown);
    undrawn = 0;
    willDraw = false;
    for (const record of [...rows.keys()].slice(0, Math.max(0, rows.size + fresh.length - shown))) removeRow(record);
    panel.append(...fresh.map(makeRow));
    const ofThem = rows.size < records.length ? `${rows.size} of ` : "";
    keptText.textContent = `${ofThem}${records.length}${letGo ? `, ${letGo} let go` : ""}`;
    if (atEnd) panel.scrollTop = panel.scrollHeight;
    drawn?.();
  }

  function makeRow(record: LogRecord): HTMLElement {
    const row = drawRow(record);
    rows.set(record, row);
    made?.(record, row);
    return row;
  }

  function bring(record: LogRecord): HTMLElement | undefined {
    if (matching([record]).length === 0) {
      filter.value = "";
      direction.value = "";
      rows.clear();
    }
    if (!rows.has(record)) {
      const some = matching(records);
      rows.clear();
      undrawn = 0;
      atEnd = false;
      panel.replaceChildren(...some.slice(some.indexOf(record)).slice(0, shown).map(makeRow));
    }
    return rows.get(record);
  }

  function drawAgain(): void {
    panel.replaceChildren();
    rows.clear();
    drawSoon(records.length);
  }

  function clear(): void {
    records = [];
    characters = 0;
    letGo = 0;
    counted.clear();
    drawAgain();
  }

  const lines = () => matching(records).map(toLine).join("");
  const diagram = () => toMermaid(matching(records).map((record) => ({ ...record, notes: [words(record)] })));

  panel.onscroll = () => {
    atEnd = panel.scrollHeight - panel.scrollTop - panel.clientHeight < 8;
  };
  filter.oninput = drawAgain;
  direction.onchange = drawAgain;
  element("clear", HTMLButtonElement).onclick = clear;
  element("download", HTMLButtonElement).onclick = () => download("calling-log.jsonl", lines());
  copyOnClick(element("copy", HTMLButtonElement), lines);
  copyOnClick(element("copyDiagram", HTMLButtonElement), diagram);
  return {
    add,
    count,
    all: () => records,
    matching: () => matching(records),
    row: (record) => rows.get(record),
    bring,
  };
}

/** Data as JSON. Nothing that arrives may break the log: what JSON has no word for is named in its place. */
export function toJson(data: unknown): string {
  try {
    const json: string | undefined = JSON.stringify(data);
    return json ?? "";
  } catch (error) {
    return JSON.stringify(`${error}`);
  }
}

/** Hours, minutes and seconds of a time in milliseconds since 1970. */
export const clock = (at: number) => new Date(at).toTimeString().slice(0, 8);

/** Milliseconds as a person reads them: "+12 ms", "+1.2 s", "+3 min". */
export function after(milliseconds: number): string {
  if (milliseconds < 1000) return `+${milliseconds} ms`;
  return milliseconds < 60_000 ? `+${(milliseconds / 1000).toFixed(1)} s` : `+${Math.round(milliseconds / 60_000)} min`;
}

function toLine({ json, times, ...record }: LogRecord): string {
  const head = JSON.stringify(times > 1 ? { ...record, times } : record);
  return `${json ? `${head.slice(0, -1)},"data":${json}}` : head}\n`;
}

/** A row of the panel: time, time since the record before, arrow, type, handler, and what was said and sent. */
function drawRow(record: LogRecord): HTMLElement {
  const { at, since, direction, type, handler = "", json, trouble } = record;
  const summary = make(
    "summary",
    {},
    make("time", {}, clock(at)),
    make("small", {}, after(since)),
    make("i", {}, arrows[direction]),
    make("b", {}, cut(type)),
    make("span", {}, handler),
    make("samp", {}, make("em", {}, words(record)), make("code", {}, cut(json))),
  );
  const payload = make("pre");
  const row = make("details", {}, summary, payload);
  row.dataset.direction = direction;
  row.dataset.type = cut(type);
  if (trouble || /^(.*_)?FAILED$|^ERROR$|^DROPPED$/.test(type)) row.dataset.trouble = "";
  row.ontoggle = () => {
    payload.textContent = JSON.stringify(JSON.parse(json || "null"), null, 2);
    if (row.open) row.scrollIntoView({ block: "nearest" });
  };
  return row;
}

/** The beginning of a text, without half of a character at its end. */
const cut = (text: string) => text.slice(0, previewLength).replace(/\p{Surrogate}$/u, "");

function words({ note = "", times }: LogRecord): string {
  return times > 1 ? `${note}, ${times} times` : note;
}

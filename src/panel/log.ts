// One record per message, the same on the panel and on the console. Both pages use it.
// A burst of messages is drawn once per animation frame, whatever its size.
import { element, make } from "./element.ts";

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
};

/**
 * `at` is in milliseconds since 1970, `since` the milliseconds since the record before, `times` how often `count` was
 * told of it, `json` the data as it was when it came.
 */
export type LogRecord = Omit<Entry, "data"> & {
  at: number;
  since: number;
  times: number;
  json: string;
  /** Where the panel shows what there is to say about it. */
  words?: HTMLElement;
};

export type Log = {
  add(entry: Entry): LogRecord;
  /** Adds a record the first time, and counts up the same one from then on. */
  count(entry: Entry): void;
  /** All that is kept, and what the filter leaves of it; oldest first. */
  all(): readonly LogRecord[];
  matching(): readonly LogRecord[];
  /** Opens a record on the panel and goes there, whatever the filter says. */
  reveal(record: LogRecord): void;
  /** Asks anew how a record is marked. */
  mark(record: LogRecord): void;
};

/** What a page has to say about a record, besides the record itself. */
export type Marking = {
  /** Shown above the payload of a record that is opened. */
  explain?(record: LogRecord): HTMLElement[];
  /** Of a record that something is wrong with: how bad, and in a word what. */
  marked?(record: LogRecord): { severity: string; words: string } | undefined;
  /** The panel was drawn again. */
  drawn?(): void;
};

/**
 * Opens the log on the page's elements: #log itself, #filter, #shown, #clear, #copy, #download, #kept.
 * It keeps the last 10,000 records (fewer when they pass 64 million characters) and shows the last 500.
 */
export function openLog(on: Marking = {}): Log {
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
  const rows = new WeakMap<LogRecord, HTMLElement>();

  function add(entry: Entry): LogRecord {
    const { data, ...told } = entry;
    const at = Date.now();
    const record: LogRecord = { ...told, at, since: at - (records.at(-1)?.at ?? at), times: 1, json: toJson(data) };
    records.push(record);
    characters += record.json.length;
    while (records.length > keptRecords || (characters > keptCharacters && records.length > 1)) {
      characters -= records.shift()?.json.length ?? 0;
      letGo += 1;
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
    if (before.words) before.words.textContent = words(before);
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
    const fresh = matching(records.slice(-undrawn));
    undrawn = 0;
    willDraw = false;
    panel.append(...fresh.slice(-shown).map(rowOf));
    while (panel.childElementCount > shown) panel.firstElementChild?.remove();
    keptText.textContent = `${panel.childElementCount} of ${records.length}${letGo ? `, ${letGo} let go` : ""}`;
    if (atEnd) panel.scrollTop = panel.scrollHeight;
    on.drawn?.();
  }

  function rowOf(record: LogRecord): HTMLElement {
    const row = drawRow(record, on);
    rows.set(record, row);
    mark(record);
    return row;
  }

  function mark(record: LogRecord): void {
    const row = rows.get(record);
    const marked = on.marked?.(record);
    if (!row || !marked) return;
    row.dataset.severity = marked.severity;
    const badge = row.querySelector(".mark") ?? make("span", { className: "mark" });
    badge.textContent = `${marked.severity}: ${marked.words}`;
    row.querySelector("summary")?.append(badge);
  }

  function reveal(record: LogRecord): void {
    if (!matching([record]).length) {
      filter.value = "";
      direction.value = "";
    }
    const some = matching(records);
    const at = some.indexOf(record);
    if (at < 0) return;
    // Those around it, where it is older than what is drawn.
    if (!rows.get(record)?.isConnected) {
      panel.replaceChildren(...some.slice(at, at + shown).map(rowOf));
      undrawn = 0;
    }
    const row = rows.get(record);
    row?.setAttribute("open", "");
    row?.scrollIntoView({ block: "center" });
    row?.querySelector("summary")?.focus();
  }

  function drawAgain(): void {
    panel.replaceChildren();
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

  panel.onscroll = () => {
    atEnd = panel.scrollHeight - panel.scrollTop - panel.clientHeight < 8;
  };
  filter.oninput = drawAgain;
  direction.onchange = drawAgain;
  element("clear", HTMLButtonElement).onclick = clear;
  element("download", HTMLButtonElement).onclick = () => download("calling-log.jsonl", lines());
  copyOnClick(element("copy", HTMLButtonElement), lines);
  return { add, count, all: () => records, matching: () => matching(records), reveal, mark };
}

/** Copies what `text` gives whenever the button is clicked, and says on the button whether it could. */
export function copyOnClick(button: HTMLButtonElement, text: () => string): void {
  const label = button.textContent;
  button.onclick = async () => {
    const copied = await copy(text());
    button.textContent = copied ? "Copied" : "Blocked";
    setTimeout(() => {
      button.textContent = label;
    }, 1500); // long enough to be read
  };
}

/** A frame that was not given the clipboard by the page around it can still copy by the older command. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    document.oncopy = (event) => {
      event.clipboardData?.setData("text/plain", text);
      event.preventDefault();
    };
    const copied = document.execCommand("copy");
    document.oncopy = null;
    return copied;
  }
}

/** Has the browser save a text as a file. */
export function download(name: string, text: string): void {
  const href = URL.createObjectURL(new Blob([text]));
  make("a", { href, download: name }).click();
  URL.revokeObjectURL(href);
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

/** Data in one line, to be read by a person. */
export const plain = (data: unknown) => toJson(data).replace(/[{}"]/g, "").replaceAll(",", ", ");

function toLine({ json, times, words: _, ...record }: LogRecord): string {
  const head = JSON.stringify(times > 1 ? { ...record, times } : record);
  return `${json ? `${head.slice(0, -1)},"data":${json}}` : head}\n`;
}

function drawRow(record: LogRecord, { explain }: Marking): HTMLElement {
  record.words = make("em", {}, words(record));
  const columns = [
    make("time", {}, clock(record.at)),
    make("small", {}, `+${record.since}`),
    make("i", {}, arrows[record.direction]),
    make("b", {}, record.type.slice(0, previewLength)),
    make("span", {}, record.handler ?? ""),
    record.words,
    make("code", {}, record.json.slice(0, previewLength)),
  ];
  const payload = make("pre");
  const summary = make("summary", {}, ...columns.filter(({ textContent }) => textContent));
  const row = make("details", {}, summary, payload);
  row.dataset.direction = record.direction;
  row.dataset.type = record.type.slice(0, previewLength);
  row.ontoggle = () => {
    payload.textContent = JSON.stringify(JSON.parse(record.json || "null"), null, 2);
    while (summary.nextElementSibling !== payload) summary.nextElementSibling?.remove();
    if (row.open) summary.after(...(explain?.(record) ?? []));
  };
  return row;
}

function words({ note = "", times }: LogRecord): string {
  return times > 1 ? `${note}, ${times} times` : note;
}

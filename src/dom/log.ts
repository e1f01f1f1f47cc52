// The message log of both pages. Each record also appears in the browser's console.
import { copyOnClick, download } from "./clipboard.ts";
import { element } from "./element.ts";
import { createLogFilter } from "./log-filter.ts";
import { type Entry, type LogRecord, noteOf, toConsoleText, toJsonLine } from "./log-record.ts";
import { updateNote } from "./log-row.ts";
import { createLogView, type LogHooks } from "./log-view.ts";
import { toMermaid } from "./mermaid.ts";
import { createRecordStore } from "./record-store.ts";
import { toJson } from "./to-json.ts";

export type { Entry, LogRecord } from "./log-record.ts";

export type Log = ReturnType<typeof createLog>;

/** The page must contain static/log.html. */
export function createLog(hooks: LogHooks = {}, filter = createLogFilter()) {
  const counted = new Map<string, LogRecord>();
  const store = createRecordStore();
  const view = createLogView(store, filter, hooks);
  const matching = () => filter.matching(store.all());

  function add({ data, ...entry }: Entry): LogRecord {
    const at = Date.now();
    const record: LogRecord = { ...entry, at, since: at - (store.last()?.at ?? at), times: 1, json: toJson(data) };
    for (const dropped of store.add(record)) forget(dropped);
    console.log(toConsoleText(record), data);
    view.add();
    return record;
  }

  function forget(record: LogRecord): void {
    view.remove(record);
    if (counted.get(keyOf(record)) === record) counted.delete(keyOf(record));
  }

  element("clear", HTMLButtonElement).onclick = () => {
    store.clear();
    counted.clear();
    view.reset();
  };
  offerExports(matching);

  return {
    add,
    /** Adds a record, or increments the count of the record that an earlier `count` with the same type and note added. */
    count(entry: Entry): void {
      const existing = counted.get(keyOf(entry));
      if (existing) {
        existing.times += 1;
        updateNote(view.row(existing), existing);
      } else counted.set(keyOf(entry), add(entry));
    },
    store,
    filter,
    view,
    /** The records that match the filter, oldest first. */
    matching,
  };
}

const keyOf = ({ type, note }: Pick<Entry, "type" | "note">) => `${type} ${note}`;

function offerExports(matching: () => readonly LogRecord[]): void {
  const lines = () => matching().map(toJsonLine).join("");
  const diagram = () => toMermaid(matching().map((record) => ({ ...record, notes: [noteOf(record)] })));
  element("download", HTMLButtonElement).onclick = () => download("calling-log.jsonl", lines());
  copyOnClick(element("copy", HTMLButtonElement), lines);
  copyOnClick(element("copyDiagram", HTMLButtonElement), diagram);
}

import { element } from "./element.ts";
import { throttleToFrame } from "./frame-throttle.ts";
import type { LogFilter } from "./log-filter.ts";
import type { LogRecord } from "./log-record.ts";
import { createLogRow } from "./log-row.ts";
import type { RecordStore } from "./record-store.ts";
import { stickToEnd } from "./stick-to-end.ts";

const maxRows = 500;

/** In a burst of messages, this factor leaves four fifths of the time for the rest of the page. */
const pauseFactor = 4;

export type LogHooks = {
  /** Creates a record's row. By default, `createLogRow` does. */
  createRow?(record: LogRecord): HTMLElement;
  onRender?(): void;
};

/** Shows the newest 500 matching records in #log, and the record count in #kept. Renders at most once per animation frame. */
export function createLogView(store: RecordStore, filter: LogFilter, hooks: LogHooks) {
  const panel = element("log", HTMLElement);
  const countText = element("kept", HTMLElement);
  const scrollToEnd = stickToEnd(panel);
  /** Oldest first. */
  const rows = new Map<LogRecord, HTMLElement>();
  /** The number of new records that are not rendered yet. */
  let pending = 0;
  const schedule = throttleToFrame(render, pauseFactor);

  function render(): void {
    const fresh = filter.matching(store.newest(pending)).slice(-maxRows);
    pending = 0;
    for (const record of rows.keys()) {
      if (rows.size + fresh.length <= maxRows) break;
      remove(record);
    }
    panel.append(...fresh.map(createRow));
    countText.textContent = describeCount(rows.size, store);
    scrollToEnd();
    hooks.onRender?.();
  }

  function createRow(record: LogRecord): HTMLElement {
    const row = (hooks.createRow ?? createLogRow)(record);
    rows.set(record, row);
    return row;
  }

  function remove(record: LogRecord): void {
    rows.get(record)?.remove();
    rows.delete(record);
  }

  function replaceRows(records: readonly LogRecord[]): void {
    pending = 0;
    rows.clear();
    panel.replaceChildren(...records.slice(0, maxRows).map(createRow));
    if (records.length > 0) scrollToEnd(false);
  }

  function reset(): void {
    replaceRows([]);
    pending = store.size();
    schedule();
  }
  filter.onChange(reset);

  return {
    remove,
    replaceRows,
    reset,
    row: (record: LogRecord) => rows.get(record),
    /** Call this after adding a record to the store. */
    add(): void {
      pending += 1;
      schedule();
    },
  };
}

function describeCount(shown: number, store: RecordStore): string {
  const size = store.size();
  const dropped = store.droppedCount();
  return `${shown < size ? `${shown} of ` : ""}${size}${dropped ? `, ${dropped} dropped` : ""}`;
}

import { element } from "./element.ts";
import { throttleToFrame } from "./frame-throttle.ts";
import type { LogFilter } from "./log-filter.ts";
import type { LogRecord } from "./log-record.ts";
import { createLogRow } from "./log-row.ts";
import type { RecordStore } from "./record-store.ts";
import { stickToEnd } from "./stick-to-end.ts";

const maxRows = 500;

/** Leaves four fifths of the time to what else the page does in a burst of messages. */
const pauseFactor = 4;

export type LogHooks = {
  /** Called with each row that is created. */
  onRow?(record: LogRecord, row: HTMLElement): void;
  /** Called after the panel was rendered. */
  onRender?(): void;
};

/** Shows the newest 500 records on the page's #log and their number on #kept, rendered at most once per animation frame. */
export function createLogView(store: RecordStore, filter: LogFilter, hooks: LogHooks) {
  const panel = element("log", HTMLElement);
  const countText = element("kept", HTMLElement);
  const scrollToEnd = stickToEnd(panel);
  /** The rows on the panel, the oldest first. */
  const rows = new Map<LogRecord, HTMLElement>();
  /** How many of the newest records wait to be rendered. */
  let pending = 0;
  const schedule = throttleToFrame(render, pauseFactor);

  function render(): void {
    const fresh = filter.matching(store.newest(pending)).slice(-maxRows);
    pending = 0;
    const kept = maxRows - fresh.length;
    for (const record of [...rows.keys()].slice(0, Math.max(0, rows.size - kept))) remove(record);
    panel.append(...fresh.map(createRow));
    countText.textContent = describeCount(rows.size, store);
    scrollToEnd();
    hooks.onRender?.();
  }

  function createRow(record: LogRecord): HTMLElement {
    const row = createLogRow(record);
    rows.set(record, row);
    hooks.onRow?.(record, row);
    return row;
  }

  function remove(record: LogRecord): void {
    rows.get(record)?.remove();
    rows.delete(record);
  }

  /** Shows these records in place of what is shown. */
  function replaceRows(records: readonly LogRecord[]): void {
    pending = 0;
    rows.clear();
    panel.replaceChildren(...records.slice(0, maxRows).map(createRow));
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
    /** A record was added to the store. */
    add(): void {
      pending += 1;
      schedule();
    },
  };
}

function describeCount(shown: number, store: RecordStore): string {
  const total = shown < store.size() ? `${shown} of ${store.size()}` : `${store.size()}`;
  return store.droppedCount() ? `${total}, ${store.droppedCount()} let go` : total;
}

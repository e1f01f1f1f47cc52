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
  const scroll = stickToEnd(panel);
  /** The rows on the panel, the oldest first. */
  const rows = new Map<LogRecord, HTMLElement>();
  /** How many of the newest records wait to be rendered. */
  let pending = 0;
  const schedule = throttleToFrame(render, pauseFactor);

  function render(): void {
    const fresh = filter.matching(store.newest(pending)).slice(-maxRows);
    pending = 0;
    const excess = Math.max(0, rows.size + fresh.length - maxRows);
    for (const record of [...rows.keys()].slice(0, excess)) remove(record);
    panel.append(...fresh.map(createRow));
    countText.textContent = describeCount(rows.size, store);
    scroll.update();
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

  /** Replaces all rows by what the store and the filter have now. */
  function reset(): void {
    panel.replaceChildren();
    rows.clear();
    pending = store.size();
    schedule();
  }
  filter.onChange(reset);

  return {
    remove,
    reset,
    row: (record: LogRecord) => rows.get(record),
    /** A record was added to the store. */
    add(): void {
      pending += 1;
      schedule();
    },
    /** Replaces the rows by those from this record on. */
    showFrom(record: LogRecord): void {
      const records = filter.matching(store.all());
      rows.clear();
      pending = 0;
      scroll.release();
      panel.replaceChildren(...records.slice(records.indexOf(record)).slice(0, maxRows).map(createRow));
    },
  };
}

function describeCount(shown: number, store: RecordStore): string {
  const total = shown < store.size() ? `${shown} of ${store.size()}` : `${store.size()}`;
  return store.droppedCount() ? `${total}, ${store.droppedCount()} let go` : total;
}

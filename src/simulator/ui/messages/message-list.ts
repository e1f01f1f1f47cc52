// The message list. The user selects a message with a click, an arrow key, Home or End. The list itself has the focus, so
// the focus does not move when rows are rendered.
import { element, make } from "../../../dom/element.ts";
import { createLog, type Log, type LogRecord } from "../../../dom/log.ts";
import { createLogRow } from "../../../dom/log-row.ts";
import type { Finding } from "../../rules/finding.ts";
import { markCall } from "../common/call-color.ts";
import { truncate } from "../common/truncate.ts";
import { keepInView } from "./keep-in-view.ts";
import type { CallOfMessage } from "./message-details.ts";
import { callFilter, createMessageFilter } from "./message-filter.ts";
import type { RecordCalls } from "./record-calls.ts";
import { worstOf } from "./sequence.ts";

type Hooks = {
  findingsOf(record: LogRecord): readonly Finding[];
  onSelect(record: LogRecord): void;
  /** Called when the selected message's call may have a new name. */
  onRename(): void;
  onRender(): void;
};

/** The maximum number of rows that `reveal` renders above the revealed row, so that the user can scroll up. */
const rowsAbove = 250;

/** If one render creates more rows, the additional rows get their cells only when they come near the view. */
const maxFilledRows = 50;
const nearPx = 480;

/** Each function returns the index of the record to select. `at` is -1 if no listed record is selected. */
const moves: Record<string, (at: number, last: number) => number> = {
  ArrowDown: (at, last) => (at < 0 ? last : Math.min(at + 1, last)),
  ArrowUp: (at, last) => (at < 0 ? last : Math.max(at - 1, 0)),
  Home: () => 0,
  End: (_, last) => last,
};

export class MessageList {
  readonly log: Log;
  readonly #hooks: Hooks;
  readonly #calls: RecordCalls;
  readonly #panel = element("log", HTMLElement);
  readonly #recordOf = new WeakMap<Element, LogRecord>();
  #selected: LogRecord | undefined;
  /** Keeps the selected row in view when the details open below the list, and the list becomes smaller. */
  readonly #updateRowInView: () => void;
  #rowCount = 0;
  /** The number of rows created since the last render. */
  #newRows = 0;
  readonly #observer = new IntersectionObserver((entries) => this.#fillVisible(entries), {
    root: this.#panel,
    rootMargin: `${nearPx}px 0px`,
  });

  constructor(calls: RecordCalls, hooks: Hooks) {
    this.#calls = calls;
    this.#hooks = hooks;
    const createRow = (record: LogRecord) => this.#createRow(record);
    const onRender = () => {
      this.#newRows = 0;
      this.#markActiveRow();
      this.showCalls();
      hooks.onRender();
    };
    this.log = createLog({ createRow, onRender }, createMessageFilter(calls.namesOf));
    Object.assign(this.#panel, { role: "listbox", ariaLive: "polite", tabIndex: 0 });
    // Must follow createLog, whose observer may scroll the list to its end.
    this.#updateRowInView = keepInView(this.#panel, () => this.#selectedRow());
    this.#panel.addEventListener("click", ({ target }) => {
      const row = target instanceof Element && target.closest("[role=option]");
      const record = row && this.#recordOf.get(row);
      if (record) hooks.onSelect(record);
    });
    this.#panel.addEventListener("keydown", (event) => {
      const next = recordFor(event, this.log.matching(), this.#selected);
      if (!next) return;
      event.preventDefault();
      hooks.onSelect(next);
    });
  }

  focus(): void {
    this.#panel.focus({ preventScroll: true });
  }

  /** Marks the record's row as selected. If `record` is undefined, deselects the selected row. */
  mark(record: LogRecord | undefined): void {
    const [before, row] = [this.#selected, record].map((candidate) => candidate && this.log.view.row(candidate));
    if (before) before.ariaSelected = "false";
    if (row) row.ariaSelected = "true";
    this.#selected = record;
    this.#updateRowInView();
    this.#markActiveRow();
  }

  /** Scrolls to the record's row. Renders the row if necessary, and resets the filter if the filter hides the record. */
  reveal(record: LogRecord, block: ScrollLogicalPosition): void {
    const { filter, matching, view } = this.log;
    if (filter.matching([record]).length === 0) {
      filter.reset();
      view.reset();
    }
    if (!view.row(record)) {
      const records = matching();
      view.replaceRows(records.slice(Math.max(0, records.indexOf(record) - rowsAbove)));
    }
    view.row(record)?.scrollIntoView({ block });
    this.#markActiveRow();
    this.#updateRowInView();
  }

  #selectedRow(): HTMLElement | undefined {
    return this.#selected && this.log.view.row(this.#selected);
  }

  /** Updates the names of the calls, which can change after a row was rendered. */
  showCalls(): void {
    const count = this.#calls.hasSeveral() ? "several" : "one";
    if (this.#panel.dataset.calls !== count) this.#panel.dataset.calls = count;
    const isRenamed = this.#calls.takeRenamed();
    if (!isRenamed) return;
    for (const row of this.#panel.children) {
      const record = this.#recordOf.get(row);
      const cell = record && isRenamed(record) && row.querySelector(".call");
      if (cell) cell.textContent = this.#callName(record);
    }
    if (this.#selected && isRenamed(this.#selected)) this.#hooks.onRename();
  }

  /** Returns the record's call, and a function that shows only this call's messages. */
  callOf(record: LogRecord): CallOfMessage | undefined {
    const names = this.#calls.namesOf(record);
    const hue = this.#calls.hueOf(record);
    return names && { names, hue, showOnly: () => this.#filter(callFilter(this.#calls.namesOf(record) ?? names)) };
  }

  #filter(text: string): void {
    element("filter", HTMLInputElement).value = text;
    this.log.view.reset();
  }

  #callName(record: LogRecord): string {
    return truncate(this.#calls.namesOf(record)?.name ?? "");
  }

  updateFindings(record: LogRecord): void {
    const row = this.log.view.row(record);
    if (row) markFindings(row, this.#hooks.findingsOf(record));
  }

  #createRow(record: LogRecord): HTMLElement {
    this.#rowCount += 1;
    this.#newRows += 1;
    const row = make("div", { id: `message${this.#rowCount}`, role: "option" });
    row.ariaSelected = `${record === this.#selected}`;
    this.#recordOf.set(row, record);
    if (this.#newRows > maxFilledRows) this.#observer.observe(row);
    else this.#fill(row, record);
    return row;
  }

  /** Copies the cells of the log's default row. The user can open a default row, but not a row of this list. */
  #fill(row: HTMLElement, record: LogRecord): void {
    const logRow = createLogRow(record);
    Object.assign(row.dataset, logRow.dataset);
    row.append(...logRow.querySelectorAll("summary > *"));
    const call = make("span", { className: "call", dir: "auto" }, this.#callName(record));
    markCall(call, this.#calls.hueOf(record));
    row.querySelector("samp")?.before(call);
    markFindings(row, this.#hooks.findingsOf(record));
  }

  #fillVisible(entries: readonly IntersectionObserverEntry[]): void {
    for (const { target, isIntersecting } of entries) {
      const record = this.#recordOf.get(target);
      if (!isIntersecting || !record || !(target instanceof HTMLElement)) continue;
      this.#observer.unobserve(target);
      this.#fill(target, record);
    }
  }

  #markActiveRow(): void {
    const row = this.#selectedRow();
    if (row) this.#panel.setAttribute("aria-activedescendant", row.id);
    else this.#panel.removeAttribute("aria-activedescendant");
  }
}

/** Returns the record that the pressed key selects, or undefined if the key selects no record. */
function recordFor(event: KeyboardEvent, records: readonly LogRecord[], selected: LogRecord | undefined) {
  if (event.altKey || event.ctrlKey || event.metaKey) return undefined;
  const at = selected ? records.indexOf(selected) : -1;
  return records[moves[event.key]?.(at, records.length - 1) ?? -1];
}

function markFindings(row: HTMLElement, findings: readonly Finding[]): void {
  const worst = worstOf(findings);
  if (!worst) return;
  row.dataset.severity = worst.severity;
  for (const before of row.querySelectorAll("mark, strong")) before.remove();
  row
    .querySelector("samp")
    ?.prepend(make("mark", { className: "severity" }, worst.severity), make("strong", {}, worst.rule));
}

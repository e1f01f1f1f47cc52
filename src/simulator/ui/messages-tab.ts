// The messages of the page: the log, the same as a sequence diagram, and of each what its fields mean and what was found.
import { download } from "../../dom/clipboard.ts";
import { element, make } from "../../dom/element.ts";
import { type LogRecord, openLog } from "../../dom/log.ts";
import type { Message } from "../calls/message.ts";
import type { Finding } from "../rules/finding.ts";
import { openDiagram } from "./diagram.ts";
import { aboutMessage, meaningsOf } from "./field-docs.ts";
import { cut } from "./keyed-list.ts";
import { type Arrow, type Lane, worstOf } from "./sequence.ts";
import type { Tabs } from "./tabs.ts";

export type Messages = ReturnType<typeof openMessages>;

/** Opens the messages, as a list at first. */
export function openMessages(tabs: Tabs) {
  const recordOf = new WeakMap<Message, LogRecord>();
  const findingsOf = new WeakMap<LogRecord, Finding[]>();
  const messageOf = new WeakMap<Finding, Message>();
  const elsewhere = new WeakMap<LogRecord, Message["from"]>();
  const panel = element("messages", HTMLElement);
  const canvas = element("diagram", HTMLElement);
  const opened = element("opened", HTMLElement);
  const save = element("saveSvg", HTMLButtonElement);
  const views = [...document.querySelectorAll<HTMLInputElement>("#views input")];
  let openedRecord: LogRecord | undefined;

  const log = openLog({
    made(record, row) {
      mark(record, row);
      row.addEventListener("toggle", () => {
        for (const old of row.querySelectorAll(":scope > :not(summary, pre)")) old.remove();
        if (row.hasAttribute("open")) row.firstElementChild?.after(explain(record, findingsOf.get(record) ?? []));
      });
    },
    drawn() {
      tabs.count("messagesTab", log.all().length);
      diagram.draw();
    },
  });
  const diagram = openDiagram(() => arrowsOf(log.matching()), openArrow);

  /** Says on a row how bad what was found about it is. */
  function mark(record: LogRecord, row: HTMLElement): void {
    const worst = worstOf(findingsOf.get(record) ?? []);
    if (!worst) return;
    row.dataset.severity = worst.severity;
    const words = row.querySelector("mark") ?? make("mark", { className: "severity" });
    words.textContent = `${worst.severity}: ${worst.rule}`;
    row.querySelector("samp")?.prepend(words);
  }

  function arrowsOf(records: readonly LogRecord[]): Arrow[] {
    return records.map((record, index) => {
      const { at, type, note = "" } = record;
      const [from, to] = waysOf(record);
      const since = at - (records[index - 1]?.at ?? at);
      const isOpened = record === openedRecord;
      return { at, since, from, to, type, note, isOpened, findings: findingsOf.get(record) ?? [] };
    });
  }

  function waysOf(record: LogRecord): [from: Lane, to: Lane] {
    const other = elsewhere.get(record);
    if (other) return other === "app" ? ["elsewhere", "hubspot"] : ["hubspot", "elsewhere"];
    if (record.direction === "note") return ["app", "app"];
    return record.direction === "out" ? ["app", "hubspot"] : ["hubspot", "app"];
  }

  function openArrow(index: number): void {
    const record = log.matching()[index];
    if (!record) return;
    const close = make("button", { type: "button" }, "Close");
    close.onclick = () => {
      closeOpened();
      diagram.reveal(index);
    };
    openedRecord = record;
    const payload = make("pre", {}, JSON.stringify(JSON.parse(record.json || "null"), null, 2));
    const head = make("div", { className: "row" }, make("h3", {}, record.type), close);
    opened.replaceChildren(head, explain(record, findingsOf.get(record) ?? []), payload);
    opened.hidden = false;
    diagram.reveal(index);
    close.focus();
  }

  function closeOpened(): void {
    opened.hidden = true;
    openedRecord = undefined;
  }

  function showView(): void {
    const isDiagram = views.some(({ value, checked }) => checked && value === "diagram");
    panel.dataset.view = isDiagram ? "diagram" : "list";
    canvas.hidden = !isDiagram;
    save.hidden = !isDiagram;
    closeOpened();
    diagram.draw();
  }
  for (const view of views) view.onchange = showView;
  save.onclick = () => download("calling-sequence.svg", diagram.file());
  showView();

  return {
    /** A message between HubSpot and the app in this page. */
    add(message: Message, note?: string): void {
      const { from, type, data } = message;
      recordOf.set(message, log.add({ direction: from === "app" ? "out" : "in", type, data, note }));
    },
    /** A message between HubSpot and the app in another page of the account. */
    addElsewhere({ from, type, data }: Message, place: string): void {
      const note = from === "app" ? `sent by the app in ${place}` : `sent to the app in ${place}`;
      elsewhere.set(log.add({ direction: "note", type, data, note }), from);
    },
    /** Puts a finding to the message that it is about. */
    found(finding: Finding, message: Message): void {
      messageOf.set(finding, message);
      const record = recordOf.get(message);
      if (!record) return;
      findingsOf.set(record, [...(findingsOf.get(record) ?? []), finding]);
      const row = log.row(record);
      if (row) mark(record, row);
      diagram.draw();
    },
    /** Whether the message that a finding is about is known. */
    leads: (finding: Finding) => messageOf.has(finding),
    /** Goes to the message that a finding is about, and opens it. */
    go(finding: Finding): void {
      const message = messageOf.get(finding);
      const record = message && recordOf.get(message);
      if (!record) return;
      tabs.show("messagesTab");
      for (const view of views) view.checked = view.value === "list";
      showView();
      const row = log.bring(record);
      row?.setAttribute("open", "");
      row?.scrollIntoView({ block: "center" });
      row?.querySelector("summary")?.focus();
    },
  };
}

/** What is known of the message, its fields with their meaning, and what was found about it. */
function explain({ direction, type, json }: LogRecord, findings: readonly Finding[]): HTMLElement {
  if (direction === "note") return make("div");
  const from = direction === "out" ? "app" : "hubspot";
  const about = aboutMessage(from, type);
  const data: unknown = json ? JSON.parse(json) : undefined;
  const fields = meaningsOf(from, type, data).map(({ path, value, meaning, isRequired, isKnown }) =>
    make(
      "tr",
      {},
      make("th", { scope: "row" }, path),
      make(
        "td",
        {},
        value === undefined
          ? isRequired
            ? make("em", {}, "missing")
            : make("small", {}, "–")
          : make("code", {}, value),
      ),
      make("td", {}, meaning || (isKnown ? "" : "no such field is known")),
    ),
  );
  const head = make(
    "thead",
    {},
    make("tr", {}, ...["Field", "Value", "Meaning"].map((name) => make("th", { scope: "col" }, name))),
  );
  const found = findings.map(({ rule, severity, message, source }) => {
    const item = make(
      "li",
      { className: "finding" },
      make("span", { className: "severity" }, severity),
      make("b", {}, rule),
      make("p", {}, cut(message)),
      make("small", {}, source),
    );
    item.dataset.severity = severity;
    return item;
  });
  const known = about
    ? [
        make("b", {}, about.name),
        " ",
        make("span", { className: "sure" }, about.sure),
        " ",
        make("small", {}, about.source),
      ]
    : [make("small", {}, "Nothing is known of this message.")];
  return make(
    "div",
    { className: "explained" },
    make("p", { className: "about" }, ...known),
    ...(found.length > 0 ? [make("ul", {}, ...found)] : []),
    ...(fields.length > 0 ? [make("table", {}, head, make("tbody", {}, ...fields))] : []),
  );
}

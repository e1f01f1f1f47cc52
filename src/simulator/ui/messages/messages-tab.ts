// The Messages tab: shows the messages and their findings as a list or as a sequence diagram.
import { download } from "../../../dom/clipboard.ts";
import { element } from "../../../dom/element.ts";
import type { Entry, Log, LogRecord } from "../../../dom/log.ts";
import { toJsonLine } from "../../../dom/log-record.ts";
import { fullNameOf, sdkNameOf } from "../../../protocol/sdk-name.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";
import type { Session } from "../../session/session.ts";
import { fileNameOf } from "../common/file-name.ts";
import type { Tabs } from "../common/tabs.ts";
import { createFilteredOut } from "./filtered-out.ts";
import { MessageList } from "./message-list.ts";
import { createMessagePane } from "./message-pane.ts";
import { MessageRecords } from "./message-records.ts";
import { createMessagesDiagram } from "./messages-diagram.ts";
import type { RecordCalls } from "./record-calls.ts";

export type Messages = ReturnType<typeof createMessagesTab>;

export function createMessagesTab(session: Pick<Session, "on">, tabs: Tabs, calls: RecordCalls) {
  const records = new MessageRecords(calls.add);
  const { findingsOf, senderOf, senderInOtherTab } = records;
  const fileName = createFileNames(session);
  const callOf = (record: LogRecord) => list.callOf(record);
  const pane = createMessagePane(findingsOf, senderOf, callOf, () => {
    list.mark(pane.selected());
    diagram.render();
  });
  const list = new MessageList(calls, {
    findingsOf,
    onSelect(record) {
      pane.show(record, () => list.focus());
      list.reveal(record, "nearest");
    },
    onRename: () => pane.showCall(),
    onRender() {
      pane.closeUnless((record) => list.log.filter.matching([record]).length > 0);
      tabs.count("messagesTab", list.log.store.size());
      showFilteredOut();
      diagram.render();
    },
  });
  const { log } = list;
  const showFilteredOut = createFilteredOut(log);
  const diagram = createMessagesDiagram(log, pane, findingsOf, senderInOtherTab, calls);
  const views = createViewSwitch(diagram, () => fileName("calling-sequence", "svg"));
  offerDownload(log, () => fileName("calling-log", "jsonl"));

  calls.onRename(() => {
    list.showCalls();
    diagram.render();
  });
  logMessages(session, log, records);
  separateApps(session, log);
  function addFinding(finding: Finding, message: Message | undefined): void {
    const record = message && records.addFinding(finding, message);
    if (!record) return;
    list.updateFindings(record);
    pane.update(record);
    diagram.render();
  }
  session.on("finding", ({ finding, message }) => addFinding(finding, message));
  session.on("cleared", ({ kind }) => {
    if (kind === "messages") pane.close();
  });

  return {
    /** @param place "another tab" or "the calling window" */
    addFromOtherTab(message: Message, place: string): void {
      const note = `sent ${message.from === "app" ? "by" : "to"} the app in ${place}`;
      records.addMessage(message, log.add({ ...entryOf(message), from: undefined, note }));
    },
    addFinding,
    /** Returns undefined if the finding is not about a message. */
    messageName(finding: Finding): string | undefined {
      const message = records.messageOf(finding);
      return message && fullNameOf(message.from, message.type);
    },
    /** Shows the Messages tab and moves the focus to the filter. */
    filter: () => focusFilter(tabs),
    messageOf: (finding: Finding) => records.messageOf(finding),
    go(finding: Finding): void {
      const record = records.recordOf(finding);
      if (!record) return;
      tabs.show("messagesTab");
      views.showList();
      pane.show(record, () => list.focus());
      list.reveal(record, "center");
      list.focus();
    },
  };
}

function logMessages(session: Pick<Session, "on">, log: Log, records: MessageRecords): void {
  session.on("messageReceived", ({ message }) => {
    records.addMessage(message, log.add(entryOf(message)));
  });
  session.on("messageSent", ({ message, isDelivered }) => {
    const note = isDelivered ? undefined : "not sent, because no app is loaded";
    records.addMessage(message, log.add({ ...entryOf(message), note }));
  });
  session.on("cleared", ({ kind }) => {
    if (kind !== "messages") return;
    log.store.clear();
    log.view.reset();
  });
}

/** Returns a function that names a file after the app and the local time. */
function createFileNames(session: Pick<Session, "on">) {
  let appName = "";
  session.on("chosen", ({ name }) => {
    appName = name;
  });
  return (what: string, extension: string) => fileNameOf(what, appName, extension);
}

function focusFilter(tabs: Tabs): void {
  tabs.show("messagesTab");
  element("filter", HTMLInputElement).focus();
}

function offerDownload(log: Log, fileName: () => string): void {
  element("download", HTMLButtonElement).onclick = () => download(fileName(), log.matching().map(toJsonLine).join(""));
}

/** Adds a note to the log when another app is loaded. */
function separateApps(session: Pick<Session, "on">, log: Log): void {
  let loaded: string | undefined;
  session.on("loading", ({ url }) => {
    if (loaded !== undefined && loaded !== url) log.add({ type: "APP", note: `${url} replaces ${loaded}` });
    loaded = url;
  });
}

function entryOf({ from, type, data }: Message): Entry {
  return { from, type, sdkName: sdkNameOf(from, type), data };
}

function createViewSwitch(diagram: ReturnType<typeof createMessagesDiagram>, fileName: () => string) {
  const panel = element("messages", HTMLElement);
  const canvas = element("diagram", HTMLElement);
  const save = element("saveSvg", HTMLButtonElement);
  const views = [...document.querySelectorAll<HTMLInputElement>("#views input")];

  function showChecked(): void {
    const isDiagram = views.some(({ value, checked }) => checked && value === "diagram");
    panel.dataset.view = isDiagram ? "diagram" : "list";
    canvas.hidden = !isDiagram;
    save.hidden = !isDiagram;
    diagram.render();
  }
  for (const view of views) view.onchange = showChecked;
  save.onclick = () => download(fileName(), diagram.toSvgFile());
  showChecked();

  return {
    showList(): void {
      for (const view of views) view.checked = view.value === "list";
      showChecked();
    },
  };
}

// Shows the logged messages as a sequence diagram, and the selected message below it.
import { element, make } from "../../../dom/element.ts";
import type { Log, LogRecord } from "../../../dom/log.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";
import { createDiagram } from "./diagram.ts";
import { createMessageDetails } from "./message-details.ts";
import type { Arrow, Lane } from "./sequence.ts";

type Sender = Message["from"];

/** @param senderInOtherTab returns the sender if the message was sent in another tab */
export function createMessagesDiagram(
  log: Log,
  findingsOf: (record: LogRecord) => readonly Finding[],
  senderInOtherTab: (record: LogRecord) => Sender | undefined,
) {
  const panel = element("opened", HTMLElement);
  let opened: LogRecord | undefined;

  function toArrow(record: LogRecord, index: number, records: readonly LogRecord[]): Arrow {
    const { at, type, sdkName, note = "" } = record;
    const [from, to] = lanesOf(record, senderInOtherTab(record));
    const since = at - (records[index - 1]?.at ?? at);
    return { at, since, from, to, type, sdkName, note, isOpened: record === opened, findings: findingsOf(record) };
  }

  function open(index: number): void {
    const record = log.matching()[index];
    if (!record) return;
    opened = record;
    const closeButton = make("button", { type: "button" }, "Close");
    closeButton.onclick = () => {
      close();
      diagram.reveal(index);
    };
    const payload = make("pre", {}, JSON.stringify(JSON.parse(record.json || "null"), null, 2));
    const head = make(
      "div",
      { className: "row" },
      make("h3", {}, [record.type, record.sdkName].filter(Boolean).join(" ")),
      closeButton,
    );
    panel.replaceChildren(head, createMessageDetails(record, findingsOf(record)), payload);
    panel.hidden = false;
    diagram.reveal(index);
    closeButton.focus();
  }

  function close(): void {
    panel.hidden = true;
    opened = undefined;
  }

  const diagram = createDiagram(() => log.matching().map(toArrow), open);
  return { close, render: diagram.render, toSvgFile: diagram.toSvgFile };
}

function lanesOf({ from }: LogRecord, senderInOtherTab?: Sender): [from: Lane, to: Lane] {
  if (senderInOtherTab) return senderInOtherTab === "app" ? ["otherTab", "hubspot"] : ["hubspot", "otherTab"];
  if (!from) return ["app", "app"];
  return from === "app" ? ["app", "hubspot"] : ["hubspot", "app"];
}

// Shows the log records that match the filter as a sequence diagram.
import type { Log, LogRecord } from "../../../dom/log.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";
import { createDiagram } from "./diagram.ts";
import type { createMessagePane } from "./message-pane.ts";
import type { RecordCalls } from "./record-calls.ts";
import type { Arrow, Lane } from "./sequence.ts";

type Sender = Message["from"];

/**
 * @param senderInOtherTab returns the message's sender if the message belongs to another tab or the calling window
 * @param calls names the messages' calls
 */
export function createMessagesDiagram(
  log: Log,
  pane: ReturnType<typeof createMessagePane>,
  findingsOf: (record: LogRecord) => readonly Finding[],
  senderInOtherTab: (record: LogRecord) => Sender | undefined,
  calls: RecordCalls,
) {
  function toArrow(record: LogRecord, index: number, records: readonly LogRecord[]): Arrow {
    const { at, type, sdkName } = record;
    const call = calls.hasSeveral() ? calls.namesOf(record)?.name : undefined;
    const note = [record.note, call].filter(Boolean).join(", ");
    const [from, to] = lanesOf(record, senderInOtherTab(record));
    const since = at - (records[index - 1]?.at ?? at);
    const isOpened = record === pane.selected();
    return { at, since, from, to, type, sdkName, note, isOpened, findings: findingsOf(record) };
  }

  function open(index: number): void {
    const record = log.matching()[index];
    if (!record) return;
    const reveal = () => diagram.reveal(log.matching().indexOf(record));
    pane.show(record, reveal);
    reveal();
    pane.focus();
  }

  const diagram = createDiagram(() => log.matching().map(toArrow), open);
  return { render: diagram.render, toSvgFile: diagram.toSvgFile };
}

function lanesOf({ from }: LogRecord, senderInOtherTab?: Sender): [from: Lane, to: Lane] {
  if (senderInOtherTab) return senderInOtherTab === "app" ? ["otherTab", "hubspot"] : ["hubspot", "otherTab"];
  if (!from) return ["app", "app"];
  return from === "app" ? ["app", "hubspot"] : ["hubspot", "app"];
}

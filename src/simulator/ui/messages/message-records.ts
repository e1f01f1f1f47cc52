import type { LogRecord } from "../../../dom/log.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";

/** Connects each finding with its message and with the message's log record. */
export class MessageRecords {
  readonly #onMessage: (message: Message, record: LogRecord) => void;
  #recordOf = new WeakMap<Message, LogRecord>();
  #senderOf = new WeakMap<LogRecord, Message["from"]>();
  #messageOf = new WeakMap<Finding, Message>();
  #findingsOf = new WeakMap<LogRecord, Finding[]>();

  constructor(onMessage: (message: Message, record: LogRecord) => void) {
    this.#onMessage = onMessage;
  }

  addMessage(message: Message, record: LogRecord): void {
    this.#recordOf.set(message, record);
    this.#senderOf.set(record, message.from);
    this.#onMessage(message, record);
  }

  /** Returns the message's log record, or undefined if the message was not added. */
  addFinding(finding: Finding, message: Message): LogRecord | undefined {
    this.#messageOf.set(finding, message);
    const record = this.#recordOf.get(message);
    if (record) this.#findingsOf.set(record, [...this.findingsOf(record), finding]);
    return record;
  }

  readonly findingsOf = (record: LogRecord): readonly Finding[] => this.#findingsOf.get(record) ?? [];

  /** Returns undefined for a note. */
  readonly senderOf = (record: LogRecord): Message["from"] | undefined => this.#senderOf.get(record);

  /** Returns undefined unless the message belongs to another tab or the calling window. */
  readonly senderInOtherTab = (record: LogRecord): Message["from"] | undefined =>
    record.from ? undefined : this.#senderOf.get(record);

  messageOf(finding: Finding): Message | undefined {
    return this.#messageOf.get(finding);
  }

  recordOf(finding: Finding): LogRecord | undefined {
    const message = this.#messageOf.get(finding);
    return message && this.#recordOf.get(message);
  }
}

import type { LogRecord } from "../../../dom/log.ts";
import type { Message } from "../../calls/message.ts";
import type { Finding } from "../../rules/finding.ts";

/** Connects each finding with its message and with the message's log record. */
export class MessageRecords {
  #recordOf = new WeakMap<Message, LogRecord>();
  #messageOf = new WeakMap<Finding, Message>();
  #findingsOf = new WeakMap<LogRecord, Finding[]>();

  addMessage(message: Message, record: LogRecord): void {
    this.#recordOf.set(message, record);
  }

  /** Returns the message's log record, or undefined if the message was not added. */
  addFinding(finding: Finding, message: Message): LogRecord | undefined {
    this.#messageOf.set(finding, message);
    const record = this.#recordOf.get(message);
    if (record) this.#findingsOf.set(record, [...this.findingsOf(record), finding]);
    return record;
  }

  findingsOf(record: LogRecord): readonly Finding[] {
    return this.#findingsOf.get(record) ?? [];
  }

  messageOf(finding: Finding): Message | undefined {
    return this.#messageOf.get(finding);
  }

  recordOf(finding: Finding): LogRecord | undefined {
    const message = this.#messageOf.get(finding);
    return message && this.#recordOf.get(message);
  }
}

// Connects each log record with its call, and names the calls.
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import type { LogRecord } from "../../../dom/log.ts";
import type { Message } from "../../calls/message.ts";
import type { RecordId } from "../../session/crm-records.ts";
import type { Session } from "../../session/session.ts";
import type { Timeline } from "../../session/timeline.ts";
import { type CallNames, type MessageCall, MessageCalls, namesOf } from "./message-calls.ts";

export type RecordCalls = ReturnType<typeof createRecordCalls>;

export function createRecordCalls(
  session: Pick<Session, "on">,
  timeline: Pick<Timeline, "all" | "on">,
  recordName: (record: RecordId) => string,
) {
  const engagementOf = (id: number) => timeline.all().find(({ engagementId }) => engagementId === id);
  const calls = new MessageCalls(engagementOf);
  const callOf = new WeakMap<LogRecord, MessageCall>();
  let names = new WeakMap<MessageCall, CallNames>();
  let onRename = () => {};
  const rename = throttleToFrame(() => {
    names = new WeakMap();
    onRename();
  });
  timeline.on("changed", rename);
  session.on("cleared", ({ kind }) => {
    if (kind === "messages") calls.clear();
  });

  return {
    add(message: Message, record: LogRecord): void {
      const call = calls.callOf(message);
      if (!call) return;
      callOf.set(record, call);
      names.delete(call);
    },
    /** Returns undefined if the record belongs to no call. */
    namesOf(record: LogRecord): CallNames | undefined {
      const call = callOf.get(record);
      if (!call) return undefined;
      const known = names.get(call) ?? namesOf(call, engagementOf, recordName);
      names.set(call, known);
      return known;
    },
    /** The call's name would only take up space if all messages belonged to one call. */
    hasSeveral: () => calls.count > 1,
    /** Call this after the CRM's records have changed. */
    rename,
    /** @param listener is called when calls may have new names */
    onRename(listener: () => void): void {
      onRename = listener;
    },
  };
}

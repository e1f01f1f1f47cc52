// Connects each log record with its call, and names the calls.
import { throttleToFrame } from "../../../dom/frame-throttle.ts";
import type { LogRecord } from "../../../dom/log.ts";
import type { Message } from "../../calls/message.ts";
import type { CallInProgress } from "../../crm/calls-in-progress.ts";
import type { RecordId } from "../../crm/crm-records.ts";
import type { Timeline } from "../../crm/timeline.ts";
import type { Session } from "../../session/session.ts";
import { type CallNames, type MessageCall, MessageCalls, namesOf } from "./message-calls.ts";

export type RecordCalls = ReturnType<typeof createRecordCalls>;

export function createRecordCalls(
  session: Pick<Session, "on" | "replayedCall">,
  timeline: Pick<Timeline, "all" | "on">,
  recordName: (record: RecordId) => string,
) {
  const engagementOf = (id: number) =>
    timeline.all().find(({ engagementId }) => engagementId === id) ?? session.replayedCall(id);
  const calls = new MessageCalls(engagementOf);
  const callOf = new WeakMap<LogRecord, MessageCall>();
  let names = new WeakMap<MessageCall, CallNames>();
  /** The calls whose names were used before the calls changed. */
  const renamed = new Set<MessageCall>();
  let areAllRenamed = false;
  let onRename = () => {};
  const notify = throttleToFrame(() => onRename());

  function rename(): void {
    names = new WeakMap();
    areAllRenamed = true;
    notify();
  }
  function renameCall(call: MessageCall): void {
    if (names.delete(call)) renamed.add(call);
  }
  timeline.on("changed", ({ engagement }) => {
    if (!engagement) return rename();
    const call = calls.withEngagement(engagement.engagementId);
    if (!call) return;
    renameCall(call);
    notify();
  });
  session.on("cleared", ({ kind }) => {
    if (kind === "messages") calls.clear();
  });

  return {
    add(message: Message, record: LogRecord): void {
      const call = calls.callOf(message);
      if (!call) return;
      callOf.set(record, call);
      renameCall(call);
    },
    /** Returns undefined if the record belongs to no call. */
    namesOf(record: LogRecord): CallNames | undefined {
      const call = callOf.get(record);
      if (!call) return undefined;
      const known = names.get(call) ?? namesOf(call, engagementOf, recordName);
      names.set(call, known);
      return known;
    },
    /** Returns a function that tests whether the record's call may have a new name since the last time, or undefined if none has. */
    takeRenamed(): ((record: LogRecord) => boolean) | undefined {
      if (!areAllRenamed && renamed.size === 0) return undefined;
      const taken = areAllRenamed ? undefined : new Set(renamed);
      areAllRenamed = false;
      renamed.clear();
      return (record) => {
        const call = callOf.get(record);
        return call !== undefined && (taken?.has(call) ?? true);
      };
    },
    hueOf: (record: LogRecord): number | undefined => callOf.get(record)?.hue,
    /** Returns undefined if the messages belong to only one call, or if no message belongs to this call. */
    hueOfCall: (call: CallInProgress): number | undefined => (calls.count > 1 ? calls.find(call)?.hue : undefined),
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

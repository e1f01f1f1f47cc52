import { element } from "./element.ts";
import type { LogRecord } from "./log-record.ts";

export type LogFilter = ReturnType<typeof createLogFilter>;

/** Filters records by the text in #filter and the sender in #shown. */
export function createLogFilter() {
  const text = element("filter", HTMLInputElement);
  const sender = element("shown", HTMLSelectElement);

  return {
    matching(records: readonly LogRecord[]): LogRecord[] {
      const wanted = text.value.trim().toLowerCase();
      const hasText = ({ type, sdkName = "", note = "", json }: LogRecord) =>
        `${type} ${sdkName} ${note} ${json}`.toLowerCase().includes(wanted);
      const hasSender = ({ from }: LogRecord) => !sender.value || sender.value === (from ?? "note");
      return records.filter((record) => hasSender(record) && (!wanted || hasText(record)));
    },
    onChange(listener: () => void): void {
      text.oninput = listener;
      sender.onchange = listener;
    },
    reset(): void {
      text.value = "";
      sender.value = "";
    },
  };
}

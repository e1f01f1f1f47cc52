import { element } from "./element.ts";
import type { LogRecord } from "./log-record.ts";

export type LogFilter = ReturnType<typeof createLogFilter>;

/** The page's #filter (a text) and #shown (a direction). */
export function createLogFilter() {
  const text = element("filter", HTMLInputElement);
  const direction = element("shown", HTMLSelectElement);

  return {
    matching(records: readonly LogRecord[]): LogRecord[] {
      const wanted = text.value.trim().toLowerCase();
      const hasText = ({ type, handler = "", note = "", json }: LogRecord) =>
        `${type} ${handler} ${note} ${json}`.toLowerCase().includes(wanted);
      return records.filter(
        (record) => (direction.value || record.direction) === record.direction && (!wanted || hasText(record)),
      );
    },
    onChange(listener: () => void): void {
      text.oninput = listener;
      direction.onchange = listener;
    },
    reset(): void {
      text.value = "";
      direction.value = "";
    },
  };
}

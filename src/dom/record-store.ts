import type { LogRecord } from "./log-record.ts";

const maxRecords = 10_000;
const maxCharacters = 64_000_000;

export type RecordStore = ReturnType<typeof createRecordStore>;

/** Keeps the newest 10,000 records, and fewer when their data is longer than 64 million characters. */
export function createRecordStore() {
  /** By consecutive numbers: deleting the oldest entry of a Map does not move the others, as it would in an array. */
  const records = new Map<number, LogRecord>();
  let first = 0;
  let next = 0;
  let characters = 0;

  const all = () => [...records.values()];
  const isOverfull = () => records.size > maxRecords || (characters > maxCharacters && records.size > 1);

  return {
    /** Adds a record; returns those that are dropped to make room for it. */
    add(record: LogRecord): LogRecord[] {
      const dropped: LogRecord[] = [];
      records.set(next, record);
      next += 1;
      characters += record.json.length;
      for (; isOverfull(); first += 1) {
        const oldest = records.get(first);
        records.delete(first);
        if (!oldest) continue;
        characters -= oldest.json.length;
        dropped.push(oldest);
      }
      return dropped;
    },
    /** The oldest first, as in `newest`. */
    all,
    newest: (count: number) => all().slice(Math.max(0, records.size - count)),
    last: () => records.get(next - 1),
    size: () => records.size,
    /** How many records were dropped since the last `clear`. */
    droppedCount: () => first,
    clear(): void {
      records.clear();
      first = next = characters = 0;
    },
  };
}

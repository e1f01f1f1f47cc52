import type { LogRecord } from "./log-record.ts";

const maxRecords = 10_000;
const maxCharacters = 64_000_000;

export type RecordStore = ReturnType<typeof createRecordStore>;

/** Keeps the newest 10,000 records, or fewer if their JSON exceeds 64 million characters. */
export function createRecordStore() {
  /** The keys are consecutive numbers. An array would shift all other records when the first one is removed. */
  const records = new Map<number, LogRecord>();
  let first = 0;
  let next = 0;
  let characters = 0;

  const all = () => [...records.values()];
  const isOverfull = () => records.size > maxRecords || (characters > maxCharacters && records.size > 1);

  return {
    /** Adds a record. Returns the old records that were dropped to make room. */
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
    /** `all` and `newest` return the oldest record first. */
    all,
    newest: (count: number) => all().slice(Math.max(0, records.size - count)),
    last: () => records.get(next - 1),
    size: () => records.size,
    /** The number of records dropped since the last `clear`. */
    droppedCount: () => first,
    clear(): void {
      records.clear();
      first = next = characters = 0;
    },
  };
}

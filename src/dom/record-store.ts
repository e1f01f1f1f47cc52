import type { LogRecord } from "./log-record.ts";

const maxRecords = 10_000;
const maxCharacters = 64_000_000;

/** Dropped records are removed from the array in batches: removing each one on its own would move all others. */
const batch = { records: 1000, characters: 1_000_000 };

/** Keeps the newest 10,000 records, and fewer when their data is longer than 64 million characters. */
export class RecordStore {
  #records: LogRecord[] = [];
  /** Index of the oldest record that is kept. */
  #first = 0;
  #characters = 0;
  #removableCharacters = 0;
  #dropped = 0;

  get size(): number {
    return this.#records.length - this.#first;
  }

  /** How many records were dropped since the last `clear`. */
  get dropped(): number {
    return this.#dropped;
  }

  get last(): LogRecord | undefined {
    return this.size > 0 ? this.#records.at(-1) : undefined;
  }

  /** Adds a record; returns those that are dropped to make room for it. */
  add(record: LogRecord): LogRecord[] {
    this.#records.push(record);
    this.#characters += record.json.length;
    const dropped: LogRecord[] = [];
    while (this.size > maxRecords || (this.#characters > maxCharacters && this.size > 1)) {
      const oldest = this.#records[this.#first];
      if (!oldest) break;
      this.#first += 1;
      this.#dropped += 1;
      this.#characters -= oldest.json.length;
      this.#removableCharacters += oldest.json.length;
      dropped.push(oldest);
    }
    if (this.#first >= batch.records || this.#removableCharacters >= batch.characters) this.#removeDropped();
    return dropped;
  }

  #removeDropped(): void {
    this.#records.splice(0, this.#first);
    this.#first = 0;
    this.#removableCharacters = 0;
  }

  /** The newest records, at most so many, the oldest first. */
  newest(count: number): LogRecord[] {
    return this.#records.slice(Math.max(this.#first, this.#records.length - count));
  }

  all(): LogRecord[] {
    return this.#records.slice(this.#first);
  }

  clear(): void {
    this.#records = [];
    this.#first = 0;
    this.#removableCharacters = 0;
    this.#characters = 0;
    this.#dropped = 0;
  }
}

// The CRM's records: the sample records, the records that the user added or edited, and the records from a link.
import * as v from "valibot";
import { createEmitter } from "../common/emitter.ts";
import { type CrmRecord, isSameRecord, type RecordId } from "./crm-records.ts";
import { sampleRecords } from "./sample-records.ts";

const key = "records";
/** Higher than the sample records' ids. */
const firstId = 9001;

const text = v.pipe(v.string(), v.maxLength(200));
const record = v.object({
  objectId: v.pipe(v.number(), v.safeInteger(), v.minValue(1)),
  objectTypeId: v.pipe(text, v.regex(/^\d+-\d+$/)),
  objectType: v.exactOptional(text),
  name: v.pipe(text, v.minLength(1)),
  email: v.exactOptional(text),
  countryCode: v.pipe(v.string(), v.regex(/^[A-Z]{2}$/)),
  hasOwner: v.boolean(),
  numbers: v.pipe(v.array(v.object({ number: text, property: text })), v.maxLength(20)),
  associated: v.exactOptional(v.array(v.number())),
  trap: v.exactOptional(text),
});
const storedRecords = v.pipe(v.string(), v.parseJson(), v.array(record), v.maxLength(500));

export type NewRecord = Omit<CrmRecord, "objectId">;
export type RecordStore = ReturnType<typeof createRecordStore>;

/**
 * @param storage keeps the user's records in this browser
 * @param linked the value of a link's `records` parameter; these records exist only on this page
 */
export function createRecordStore(storage: Pick<Storage, "getItem" | "setItem">, linked: string | null = null) {
  const { on, dispatch } = createEmitter<{ changed: undefined }>();
  const fromLink = parse(linked);
  let storedText = storage.getItem(key);
  let stored = parse(storedText);
  let records = merge();

  function merge(): readonly CrmRecord[] {
    const own = [...fromLink.filter((record) => !stored.some((other) => isSameRecord(record, other))), ...stored];
    const isNew = (record: CrmRecord) => !sampleRecords.some((sample) => isSameRecord(sample, record));
    const samples = sampleRecords.map((sample) => own.find((record) => isSameRecord(record, sample)) ?? sample);
    return [...samples, ...own.filter(isNew)];
  }

  function store(next: CrmRecord[]): void {
    storedText = JSON.stringify(next);
    storage.setItem(key, storedText);
    stored = next;
    records = merge();
    dispatch("changed", undefined);
  }

  return {
    on,
    all: (): readonly CrmRecord[] => records,
    isOwn: (id: RecordId): boolean => stored.some((record) => isSameRecord(record, id)),
    isSample: (id: RecordId): boolean => sampleRecords.some((record) => isSameRecord(record, id)),
    /** @throws a DOMException if the storage is full or the browser denies access to it */
    add(added: NewRecord): CrmRecord {
      const objectId = Math.max(firstId, ...records.map((record) => record.objectId + 1));
      const record = { ...added, objectId };
      store([...stored, record]);
      return record;
    },
    /** @throws a DOMException if the storage is full or the browser denies access to it */
    replace(changed: CrmRecord): void {
      store([...stored.filter((record) => !isSameRecord(record, changed)), changed]);
    },
    /** Removes an added record, or restores an edited sample record. */
    remove(id: RecordId): void {
      store(stored.filter((record) => !isSameRecord(record, id)));
    },
    /** Call this when another tab has changed the storage. */
    readAgain(): void {
      if (storage.getItem(key) === storedText) return;
      storedText = storage.getItem(key);
      stored = parse(storage.getItem(key));
      records = merge();
      dispatch("changed", undefined);
    },
    /** Returns all records except unchanged sample records as JSON, for a link's `records` parameter, or "" if no such record exists. */
    toParameter(): string {
      const own = records.filter((record) => !sampleRecords.includes(record));
      return own.length > 0 ? JSON.stringify(own) : "";
    },
  };
}

function parse(text: string | null): CrmRecord[] {
  const parsed = v.safeParse(storedRecords, text);
  return parsed.success ? parsed.output : [];
}

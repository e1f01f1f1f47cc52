import { expect, test } from "@playwright/test";
import type { LogRecord } from "../../src/dom/log-record.ts";
import { createRecordStore } from "../../src/dom/record-store.ts";

const record = (type: string, json = ""): LogRecord => ({ from: "hubspot", type, at: 0, since: 0, times: 1, json });
const typesOf = (records: readonly LogRecord[]) => records.map(({ type }) => type);

test("keeps the newest 10,000 records, and returns each record that it drops", () => {
  const store = createRecordStore();
  const dropped = Array.from({ length: 10_002 }, (_, n) => store.add(record(`${n}`))).flat();
  expect(typesOf(dropped)).toEqual(["0", "1"]);
  expect([store.size(), store.droppedCount()]).toEqual([10_000, 2]);
  expect(store.all()[0]?.type).toBe("2");
  expect(store.last()?.type).toBe("10001");
  expect(typesOf(store.newest(2))).toEqual(["10000", "10001"]);
  expect(store.newest(0)).toEqual([]);
  expect(store.newest(20_000)).toHaveLength(10_000);
});

test("drops old records when the data exceeds 64 million characters, but never the newest record", () => {
  const store = createRecordStore();
  const large = "x".repeat(40_000_000);
  store.add(record("first", large));
  store.add(record("small"));
  expect(typesOf(store.add(record("second", large)))).toEqual(["first"]);
  expect(typesOf(store.add(record("huge", large + large)))).toEqual(["small", "second"]);
  expect(typesOf(store.all())).toEqual(["huge"]);
  expect(typesOf(store.add(record("next")))).toEqual(["huge"]);
});

test("is empty after clear, and resets the count of dropped records", () => {
  const store = createRecordStore();
  for (let n = 0; n < 10_001; n++) store.add(record("old"));
  store.clear();
  expect([store.size(), store.droppedCount(), store.last()]).toEqual([0, 0, undefined]);
  store.add(record("new"));
  expect(typesOf(store.all())).toEqual(["new"]);
  expect(store.last()?.type).toBe("new");
});

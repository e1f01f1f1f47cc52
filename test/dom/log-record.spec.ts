import { expect, test } from "@playwright/test";
import { type LogRecord, noteOf, toJsonLine } from "../../src/dom/log-record.ts";

const record: LogRecord = { at: 0, since: 0, type: "DROPPED", note: "not a message", times: 1, json: "" };

test("appends the count of a repeated record to its note", () => {
  const notes = [1, 2, 3].map((times) => noteOf({ ...record, times }));
  expect(notes).toEqual(["not a message", "not a message, 2 times", "not a message, 3 times"]);
  expect(noteOf({ ...record, note: undefined })).toBe("");
});

test("writes a record as one JSON line, with its data and, if it is repeated, its count", () => {
  const parsed = [1, 2].map((times) => JSON.parse(toJsonLine({ ...record, times, json: '{"id":7}' })));
  const { at, since, type, note } = record;
  expect(parsed).toEqual([
    { at, since, type, note, data: { id: 7 } },
    { at, since, type, note, times: 2, data: { id: 7 } },
  ]);
  expect(toJsonLine(record)).toBe('{"at":0,"since":0,"type":"DROPPED","note":"not a message"}\n');
});

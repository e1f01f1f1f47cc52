import { expect, test } from "@playwright/test";
import { createLogFilter } from "../../src/dom/log-filter.ts";
import type { LogRecord } from "../../src/dom/log-record.ts";
import { during } from "../support/fake-window.ts";

const fields = { at: 0, since: 0, times: 1 };
const records: LogRecord[] = [
  { ...fields, from: "hubspot", type: "DIAL_NUMBER", sdkName: "onDialNumber", json: '{"phoneNumber":"+1"}' },
  { ...fields, from: "app", type: "CALL_ENDED", note: "engagementId is missing", json: "" },
  { ...fields, type: "DROPPED", note: "from another frame", json: "" },
];

class HTMLInputElement {
  value = "";
}
class HTMLSelectElement {
  value = "";
}

const matches: [text: string, sender: string, types: string[]][] = [
  ["", "", ["DIAL_NUMBER", "CALL_ENDED", "DROPPED"]],
  ["", "hubspot", ["DIAL_NUMBER"]],
  ["", "app", ["CALL_ENDED"]],
  ["", "note", ["DROPPED"]],
  [" ondial ", "", ["DIAL_NUMBER"]],
  ["phonenumber", "", ["DIAL_NUMBER"]],
  ["IS MISSING", "", ["CALL_ENDED"]],
  ["is missing", "hubspot", []],
];

test("filters records by text in the SDK name, the note or the data, and by sender", () => {
  const text = new HTMLInputElement();
  const sender = new HTMLSelectElement();
  const document = { getElementById: (id: string) => (id === "filter" ? text : sender) };
  during({ document, HTMLInputElement, HTMLSelectElement }, () => {
    const filter = createLogFilter();
    for (const [query, from, types] of matches) {
      text.value = query;
      sender.value = from;
      expect(
        filter.matching(records).map(({ type }) => type),
        `"${query}" from "${from}"`,
      ).toEqual(types);
    }
    filter.reset();
    expect(filter.matching(records)).toEqual(records);
  });
});

// What digits in the search field mean. Sample record 301 is a deal, and 7001 is a custom object.
import { expect, test } from "@playwright/test";
import { sampleRecords } from "../../../../src/simulator/crm/sample-records.ts";
import { canDial, hasNumber } from "../../../../src/simulator/ui/crm/searched-number.ts";

const switchboard = {
  objectId: 7002,
  objectTypeId: "0-2",
  name: "Switchboard",
  countryCode: "XX",
  hasOwner: true,
  numbers: [{ number: "700", property: "phone" }],
};

test("dials a number that contains a record's id, or has a plus sign or a space, but not the beginning of an id", () => {
  const texts = ["30", "301", "3012", "0301", "+301", "3 01", "700", "7001", "70012", "Ada", "+49 (0)30 123 45"];
  expect(texts.filter((text) => canDial(text, sampleRecords))).toEqual([
    ...["3012", "0301", "+301", "3 01", "70012", "+49 (0)30 123 45"],
  ]);
});

test("dials digits that begin a record's id if a record has exactly this number", () => {
  expect(canDial("700", [...sampleRecords, switchboard])).toBe(true);
  expect(canDial("7001", [...sampleRecords, switchboard])).toBe(false);
});

test("finds a record by the digits of its number while the user types them, even if they begin another record's id", () => {
  const zuse = sampleRecords.filter(({ name }) => name === "Konrad Zuse");
  for (const text of ["301", "3012", "030 123", "03012345", "+493012345", "004930 12345"]) {
    expect(
      zuse.map((record) => hasNumber(record, text)),
      text,
    ).toEqual([true]);
  }
  for (const text of ["302", "12", "zuse 123"]) {
    expect(
      zuse.map((record) => hasNumber(record, text)),
      text,
    ).toEqual([false]);
  }
});

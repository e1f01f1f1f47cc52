import { expect, test } from "@playwright/test";
import type { CrmRecord } from "../../../src/simulator/crm/crm-records.ts";
import { sampleRecords } from "../../../src/simulator/crm/sample-records.ts";
import { dialedCall } from "../../../src/simulator/session/dial.ts";

const withoutNumber: CrmRecord = {
  objectId: 401,
  objectTypeId: "0-1",
  objectType: "CONTACT",
  name: "Mary Somerville",
  countryCode: "GB",
  hasOwner: true,
  numbers: [],
};
const records = [...sampleRecords, withoutNumber];

test("suggests one of the record's contacts if the record has no number", () => {
  expect(() => dialedCall({ recordId: 201 }, records)).toThrow(
    "dial: The engine is stuck has no number; call one of its contacts: dial({ recordId: 51, pageRecordId: 201 })",
  );
});

test("requires a phoneNumber if the record has neither a number nor a contact", () => {
  expect(() => dialedCall({ recordId: 401 }, records)).toThrow(
    "dial: Mary Somerville has no number; pass a phoneNumber",
  );
  expect(() => dialedCall({ recordId: 401 }, [{ ...withoutNumber, associated: [] }])).toThrow("pass a phoneNumber");
  const { phone, record } = dialedCall({ recordId: 401, phoneNumber: "+442079460109" }, records);
  expect(phone.number).toBe("+442079460109");
  expect(record).toBe(withoutNumber);
});

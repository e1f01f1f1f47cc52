import { expect, test } from "@playwright/test";
import * as v from "valibot";
import { inbound } from "../../../src/protocol/messages.ts";
import { callersOf, dialNumber, records } from "../../../src/simulator/session/crm-records.ts";

const session = { portalId: 62515, ownerId: 42 };
const { data: dialled } = inbound.DIAL_NUMBER;
const { data: matched } = inbound.CALLER_ID_MATCH_SUCCEEDED;
const bites = (trap: string) => {
  const record = records.find((candidate) => candidate.trap === trap);
  if (!record) throw new Error(`There is no record with the trap "${trap}".`);
  return record;
};
const e164 = /^\+[1-9]\d{6,14}$/;

for (const record of records) {
  for (const phone of record.numbers) {
    test(`dials ${record.name} on ${phone.property} with all documented fields`, () => {
      const before = Date.now();
      const data = dialNumber(record, phone, session);
      expect(v.safeParse(v.strictObject(dialled.entries), data).issues).toBeUndefined();
      expect(data).toMatchObject({
        phoneNumber: phone.number,
        subjectId: record.objectId,
        objectId: record.objectId,
        portalId: 62515,
        countryCode: record.countryCode,
        calleeInfo: { calleeId: record.objectId, calleeObjectTypeId: record.objectTypeId },
        toPhoneNumberSrc: phone.property,
      });
      expect(data.startTimestamp).toBeGreaterThanOrEqual(before);
      expect(data.startTimestamp).toBeLessThanOrEqual(Date.now());
      const left = Object.keys(dialled.entries).filter((field) => !Object.hasOwn(data, field));
      expect(left).toEqual([...(record.hasOwner ? [] : ["ownerId"]), ...(record.objectType ? [] : ["objectType"])]);
      expect(data.ownerId).toBe(record.hasOwner ? 42 : undefined);
      expect(data.objectType).toBe(record.objectType);
    });
  }
}

test("starts with a contact and a company that have two numbers each", () => {
  expect(records[0]).toMatchObject({ objectType: "CONTACT", objectTypeId: "0-1" });
  expect(records[0]?.numbers).toHaveLength(2);
  expect(records.find(({ objectType }) => objectType === "COMPANY")?.numbers).toHaveLength(2);
});

test("contains a record for each edge case", () => {
  expect(bites("objectId 0")).toMatchObject({ objectId: 0, objectType: "TICKET" });
  expect(bites("no ownerId").hasOwner).toBe(false);
  expect(bites("custom object: no objectType").objectType).toBeUndefined();
  expect(bites("not E.164").numbers.map(({ number }) => number)).toEqual([expect.not.stringMatching(e164)]);
  const others = records.filter(({ trap }) => trap !== "not E.164").flatMap(({ numbers }) => numbers);
  for (const { number } of others) expect(number).toMatch(e164);
});

test("contains each record and each number once", () => {
  const ids = records.map(({ objectTypeId, objectId }) => `${objectTypeId}/${objectId}`);
  expect(new Set(ids).size).toBe(records.length);
  const numbers = records.flatMap((record) => record.numbers.map(({ number }) => number));
  expect(new Set(numbers).size).toBe(numbers.length);
});

test("matches a contact by each number, with all known fields", () => {
  const ada = {
    callerIdType: "CONTACT",
    objectCoordinates: { portalId: 7, objectId: 51, objectTypeId: "0-1" },
    firstName: "Ada",
    lastName: "Lovelace",
    email: "ada@example.com",
  };
  expect(callersOf("+18005550151", 7)).toEqual([ada]);
  expect(callersOf("+18005550152", 7)).toEqual([ada]);
});

test("omits the email if the contact does not have one", () => {
  expect(Object.keys(callersOf("+442079460301", 7)[0] ?? {})).not.toContain("email");
});

test("matches a company with its name", () => {
  expect(callersOf("+442079460102", 7)).toEqual([
    {
      callerIdType: "COMPANY",
      objectCoordinates: { portalId: 7, objectId: 101, objectTypeId: "0-2" },
      name: "Analytical Engines",
    },
  ]);
});

test("matches neither custom objects nor unknown or invalid numbers", () => {
  const invalid = [undefined, null, 18005550151, "", "8005550151", "+18005550199", "__proto__", ["+18005550151"], {}];
  const others = records.filter(({ objectType }) => objectType !== "CONTACT" && objectType !== "COMPANY");
  expect(others).toHaveLength(2);
  for (const number of [...invalid, ...others.flatMap(({ numbers }) => numbers.map((phone) => phone.number))]) {
    expect(callersOf(number, 7), String(number)).toEqual([]);
  }
});

test("returns every match as documented", () => {
  for (const { number } of records.flatMap(({ numbers }) => numbers)) {
    expect(v.safeParse(matched, { callerIdMatches: callersOf(number, 7) }).issues, number).toBeUndefined();
  }
});

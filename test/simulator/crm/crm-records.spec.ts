import { expect, test } from "@playwright/test";
import * as v from "valibot";
import { inbound } from "../../../src/protocol/messages.ts";
import { type CrmRecord, callersOf, dialNumber, recordsWithNumber } from "../../../src/simulator/crm/crm-records.ts";
import { helpDesk, sampleRecords as records, recordTypes } from "../../../src/simulator/crm/sample-records.ts";

const session = { portalId: 62515, ownerId: 42 };
const { data: dialed } = inbound.DIAL_NUMBER;
const { data: matched } = inbound.CALLER_ID_MATCH_SUCCEEDED;
const withId = (id: number) => {
  const record = records.find(({ objectId }) => objectId === id);
  if (!record) throw new Error(`There is no record ${id}.`);
  return record;
};
const withTrap = (trap: string) => {
  const record = records.find((candidate) => candidate.trap === trap);
  if (!record) throw new Error(`There is no record with the trap "${trap}".`);
  return record;
};
const numbersOf = (list: readonly CrmRecord[]) => list.flatMap(({ numbers }) => numbers.map(({ number }) => number));
const matches = (number: unknown, list = records) =>
  callersOf(list, number, 7).map(({ objectCoordinates }) => objectCoordinates.objectId);
const e164 = /^\+[1-9]\d{6,14}$/;

for (const record of records) {
  for (const phone of record.numbers) {
    test(`fills in DIAL_NUMBER for the ${phone.property} of ${record.name}, dialed from the record's page`, () => {
      const before = Date.now();
      const data = dialNumber({ record, phone, page: record }, session);
      expect(v.safeParse(v.strictObject(dialed.entries), data).issues).toBeUndefined();
      expect(data).toMatchObject({
        phoneNumber: phone.number,
        phone_number: phone.number,
        subjectId: record.objectId,
        objectId: record.objectId,
        portalId: 62515,
        countryCode: record.countryCode,
        calleeInfo: { calleeId: record.objectId, calleeObjectTypeId: record.objectTypeId },
        toPhoneNumberSrc: phone.property,
      });
      expect(data.startTimestamp).toBeGreaterThanOrEqual(before);
      expect(data.startTimestamp).toBeLessThanOrEqual(Date.now());
      const missing = Object.keys(dialed.entries).filter((field) => !Object.hasOwn(data, field));
      expect(missing).toEqual([
        ...(record.hasOwner ? [] : ["ownerId"]),
        ...(record.objectType ? [] : ["objectType"]),
        "threadId",
      ]);
      expect(data.ownerId).toBe(record.hasOwner ? 42 : undefined);
      expect(data.objectType).toBe(record.objectType);
    });
  }
}

test("names the open record in objectId and subjectId, and the called record in calleeInfo", () => {
  const [record, page] = [withId(52), withId(101)];
  const data = dialNumber({ record, phone: { number: "+442079460301", property: "phone" }, page }, session);
  expect(data).toMatchObject({
    phoneNumber: "+442079460301",
    objectId: 101,
    subjectId: 101,
    objectType: "COMPANY",
    calleeInfo: { calleeId: 52, calleeObjectTypeId: "0-1" },
  });
  expect(data, "the called record has no owner").not.toHaveProperty("ownerId");
  expect(data).not.toHaveProperty("threadId");
});

test("sends objectId 0, threadId 0 and no objectType outside a record page", () => {
  const data = dialNumber({ record: withId(51), phone: { number: "1", property: "phone" }, page: undefined }, session);
  expect(data).toMatchObject({ objectId: 0, subjectId: 0, threadId: 0 });
  expect(data.calleeInfo).toEqual({ calleeId: 51, calleeObjectTypeId: "0-1" });
  expect(data).not.toHaveProperty("objectType");
  expect(v.safeParse(v.strictObject(dialed.entries), data).issues).toBeUndefined();
});

test("contains a contact and a company with two numbers each, and lists the contact first", () => {
  expect(records[0]).toMatchObject({ objectType: "CONTACT", objectTypeId: "0-1" });
  expect(records[0]?.numbers).toHaveLength(2);
  expect(records.find(({ objectType }) => objectType === "COMPANY")?.numbers).toHaveLength(2);
});

test("contains a record for each edge case", () => {
  expect(withTrap("no ownerId").hasOwner).toBe(false);
  expect(withTrap("custom object: no objectType").objectType).toBeUndefined();
  expect(withTrap("not E.164").numbers.map(({ number }) => number)).toEqual([expect.not.stringMatching(e164)]);
  expect(withTrap("number with an extension").numbers[0]?.number).toMatch(/ x \d+$/);
  expect(withTrap("emoji, shared number").name).toMatch(/\p{Extended_Pictographic}/u);
  expect(withTrap("right-to-left name").name).toMatch(/^\p{Script=Arabic}/u);
  expect(numbersOf([withTrap("emoji, shared number")])).toEqual(numbersOf([withTrap("shared number")]));
  for (const type of ["DEAL", "TICKET"]) {
    const record = records.find(({ objectType }) => objectType === type);
    expect(record, "only its contacts can be called").toMatchObject({ numbers: [] });
    expect(record?.associated?.length).toBeGreaterThan(0);
  }
  const unusual = ["not E.164", "number with an extension"];
  for (const number of numbersOf(records.filter(({ trap }) => !unusual.includes(`${trap}`)))) {
    expect(number).toMatch(e164);
  }
});

test("contains unique ids, known types, and associations only with records that have a number", () => {
  const ids = records.map(({ objectId }) => objectId);
  expect(new Set(ids).size).toBe(records.length);
  for (const { objectTypeId, objectType } of records) {
    const type = recordTypes.find((known) => known.objectTypeId === objectTypeId);
    expect(type?.objectType).toBe(objectType);
  }
  for (const id of [...records.flatMap(({ associated = [] }) => associated), ...helpDesk.associated]) {
    expect(withId(id).numbers.length, `${id}`).toBeGreaterThan(0);
  }
});

test("matches a contact by each of its numbers, and returns all known fields", () => {
  const ada = {
    callerIdType: "CONTACT",
    objectCoordinates: { portalId: 7, objectId: 51, objectTypeId: "0-1" },
    firstName: "Ada",
    lastName: "Lovelace",
    email: "ada@example.com",
  };
  expect(callersOf(records, "+18005550151", 7)).toEqual([ada]);
  expect(callersOf(records, "+18005550152", 7)).toEqual([ada]);
});

test("omits the email if the contact does not have one", () => {
  expect(Object.keys(callersOf(records, "+442079460301", 7)[0] ?? {})).not.toContain("email");
});

test("matches a company, and returns its name", () => {
  expect(callersOf(records, "+442079460102", 7)).toEqual([
    {
      callerIdType: "COMPANY",
      objectCoordinates: { portalId: 7, objectId: 101, objectTypeId: "0-2" },
      name: "Analytical Engines",
    },
  ]);
});

test("normalizes numbers for the record's country before it compares them", () => {
  for (const number of ["+493012345", "03012345", "(030) 123 45", "0049 30 12345"]) {
    expect(matches(number), number).toEqual([53]);
  }
  for (const number of ["+18005550154", "+1 (800) 555-0154 ext. 7", "800-555-0154"]) {
    expect(matches(number), number).toEqual([54]);
  }
});

test("returns both contacts that share a number", () => {
  expect(matches("+18005550155")).toEqual([55, 56]);
});

test("returns no caller for the number of a custom object, or for an unknown or invalid number", () => {
  const invalid = [undefined, null, 18005550151, "", "+18005550199", "__proto__", ["+18005550151"], {}];
  const customObjects = records.filter(({ objectType }) => objectType === undefined);
  expect(customObjects).toHaveLength(1);
  for (const number of [...invalid, ...numbersOf(customObjects)]) expect(matches(number), String(number)).toEqual([]);
  expect(recordsWithNumber(records, "+442079460201").map(({ objectId }) => objectId)).toEqual([7001]);
});

test("returns every match in the documented format", () => {
  for (const number of numbersOf(records)) {
    const callerIdMatches = callersOf(records, number, 7);
    expect(v.safeParse(matched, { callerIdMatches }).issues, number).toBeUndefined();
  }
});

// The CRM's sample records. Some are edge cases.
import type { Received } from "../../protocol/payload-types.ts";

export type PhoneNumber = {
  number: string;
  /** The property of the record that contains the number. */
  property: string;
};

export type CrmRecord = {
  objectId: number;
  objectTypeId: string;
  /** The type in DIAL_NUMBER. A custom object does not have one. */
  objectType?: "CONTACT" | "COMPANY" | "TICKET";
  name: string;
  email?: string;
  countryCode: string;
  hasOwner: boolean;
  numbers: PhoneNumber[];
  trap?: string;
};

export const records: readonly CrmRecord[] = [
  {
    objectId: 51,
    objectTypeId: "0-1",
    objectType: "CONTACT",
    name: "Ada Lovelace",
    email: "ada@example.com",
    countryCode: "US",
    hasOwner: true,
    numbers: [
      { number: "+18005550151", property: "phone" },
      { number: "+18005550152", property: "mobilephone" },
    ],
  },
  {
    objectId: 101,
    objectTypeId: "0-2",
    objectType: "COMPANY",
    name: "Analytical Engines",
    countryCode: "GB",
    hasOwner: true,
    numbers: [
      { number: "+442079460101", property: "phone" },
      { number: "+442079460102", property: "hq_phone" },
    ],
  },
  {
    objectId: 7001,
    objectTypeId: "2-3465404",
    name: "Difference Engine No. 2",
    countryCode: "GB",
    hasOwner: true,
    numbers: [{ number: "+442079460201", property: "support_line" }],
    trap: "custom object: no objectType",
  },
  {
    objectId: 0,
    objectTypeId: "0-5",
    objectType: "TICKET",
    name: "Ticket without a contact",
    countryCode: "US",
    hasOwner: true,
    numbers: [{ number: "+18005550161", property: "phone" }],
    trap: "objectId 0",
  },
  {
    objectId: 52,
    objectTypeId: "0-1",
    objectType: "CONTACT",
    name: "Charles Babbage",
    countryCode: "GB",
    hasOwner: false,
    numbers: [{ number: "+442079460301", property: "phone" }],
    trap: "no ownerId",
  },
  {
    objectId: 53,
    objectTypeId: "0-1",
    objectType: "CONTACT",
    name: "Konrad Zuse",
    countryCode: "DE",
    hasOwner: true,
    numbers: [{ number: "(030) 123 45", property: "phone" }],
    trap: "not E.164",
  },
];

export function dialNumber(
  record: CrmRecord,
  phone: PhoneNumber,
  session: { portalId: number; ownerId: number },
): Received<"DIAL_NUMBER"> {
  const { objectId, objectTypeId, objectType, countryCode, hasOwner } = record;
  return {
    phoneNumber: phone.number,
    ...(hasOwner && { ownerId: session.ownerId }),
    subjectId: objectId,
    objectId,
    ...(objectType && { objectType }),
    portalId: session.portalId,
    countryCode,
    calleeInfo: { calleeId: objectId, calleeObjectTypeId: objectTypeId },
    startTimestamp: Date.now(),
    toPhoneNumberSrc: phone.property,
  };
}

type CallerIdMatch = Received<"CALLER_ID_MATCH_SUCCEEDED">["callerIdMatches"][number];

export function callersOf(number: unknown, portalId: number): CallerIdMatch[] {
  return records.flatMap(({ objectId, objectTypeId, objectType, name, email, numbers }): CallerIdMatch[] => {
    if (!numbers.some((phone) => phone.number === number)) return [];
    const objectCoordinates = { portalId, objectId, objectTypeId };
    if (objectType === "COMPANY") return [{ callerIdType: objectType, objectCoordinates, name }];
    if (objectType !== "CONTACT") return [];
    const [firstName = "", ...lastNames] = name.split(" ");
    const contact = { callerIdType: objectType, objectCoordinates, firstName, lastName: lastNames.join(" ") };
    return [{ ...contact, ...(email && { email }) }];
  });
}

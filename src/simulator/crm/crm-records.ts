import type { Received } from "../../protocol/payload-types.ts";
import { isSameNumber } from "./normalize-number.ts";

export type PhoneNumber = {
  number: string;
  /** The record property that contains the number. */
  property: string;
};

export type RecordId = { objectTypeId: string; objectId: number };

export type CrmRecord = RecordId & {
  /** The type in DIAL_NUMBER; undefined for a custom object. */
  objectType?: string;
  name: string;
  email?: string;
  /** An ISO 3166 code, for example US. */
  countryCode: string;
  hasOwner: boolean;
  numbers: PhoneNumber[];
  /** The ids of the records that this record's page lists. */
  associated?: number[];
  trap?: string;
};

export type DialedCall = {
  /** The called record. */
  record: CrmRecord;
  phone: PhoneNumber;
  /** The record whose page is open; undefined outside any record, for example in the help desk. */
  page: CrmRecord | undefined;
};

/** In DIAL_NUMBER, objectId and subjectId identify the page's record, and calleeInfo identifies the called record. */
export function dialNumber(
  { record, phone, page }: DialedCall,
  session: { portalId: number; ownerId: number },
): Received<"DIAL_NUMBER"> {
  return {
    phoneNumber: phone.number,
    phone_number: phone.number,
    ...(record.hasOwner && { ownerId: session.ownerId }),
    subjectId: page?.objectId ?? 0,
    objectId: page?.objectId ?? 0,
    ...(page?.objectType && { objectType: page.objectType }),
    portalId: session.portalId,
    countryCode: record.countryCode,
    calleeInfo: { calleeId: record.objectId, calleeObjectTypeId: record.objectTypeId },
    startTimestamp: Date.now(),
    toPhoneNumberSrc: phone.property,
    ...(!page && { threadId: 0 }),
  };
}

export const idOf = ({ objectTypeId, objectId }: RecordId): RecordId => ({ objectTypeId, objectId });

/** Compares the object types and ids. The app's values may have any type. */
export const isSameRecord = (a: { objectId: unknown; objectTypeId: unknown }, b: RecordId): boolean =>
  a.objectId === b.objectId && a.objectTypeId === b.objectTypeId;

type CallerIdMatch = Received<"CALLER_ID_MATCH_SUCCEEDED">["callerIdMatches"][number];

export function callersOf(records: readonly CrmRecord[], number: unknown, portalId: number): CallerIdMatch[] {
  return callingRecords(records, number).flatMap((record) => callerIdMatch(record, portalId) ?? []);
}

/** Returns the contacts and companies with this number. HubSpot identifies callers only among these record types. */
export const callingRecords = (records: readonly CrmRecord[], number: unknown): CrmRecord[] =>
  recordsWithNumber(records, number).filter(({ objectTypeId }) => /^0-[12]$/.test(objectTypeId));

/** A number without a calling code gets the calling code of the record's country. */
export const recordsWithNumber = (records: readonly CrmRecord[], number: unknown): CrmRecord[] =>
  records.filter(({ numbers, countryCode }) =>
    numbers.some((phone) => isSameNumber(phone.number, number, countryCode)),
  );

function callerIdMatch(record: CrmRecord, portalId: number): CallerIdMatch {
  const { objectId, objectTypeId, name, email } = record;
  const objectCoordinates = { portalId, objectId, objectTypeId };
  if (objectTypeId === "0-2") return { callerIdType: "COMPANY", objectCoordinates, name };
  const [firstName = "", ...lastNames] = name.split(" ");
  const lastName = lastNames.join(" ");
  return { callerIdType: "CONTACT", objectCoordinates, firstName, lastName, ...(email && { email }) };
}

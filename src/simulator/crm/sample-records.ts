// The sample records of the CRM. Some are edge cases.
import type { CrmRecord, PhoneNumber } from "./crm-records.ts";

/** `label` is the name that users see. A custom object has no objectType in DIAL_NUMBER. */
export const recordTypes: readonly { label: string; objectTypeId: string; objectType?: string }[] = [
  { label: "contact", objectTypeId: "0-1", objectType: "CONTACT" },
  { label: "company", objectTypeId: "0-2", objectType: "COMPANY" },
  { label: "deal", objectTypeId: "0-3", objectType: "DEAL" },
  { label: "ticket", objectTypeId: "0-5", objectType: "TICKET" },
  { label: "custom object", objectTypeId: "2-3465404" },
];

const phone = (number: string): PhoneNumber => ({ number, property: "phone" });
const contact = { objectTypeId: "0-1", objectType: "CONTACT", countryCode: "US", hasOwner: true };

export const sampleRecords: readonly CrmRecord[] = [
  {
    ...contact,
    objectId: 51,
    name: "Ada Lovelace",
    email: "ada@example.com",
    numbers: [phone("+18005550151"), { number: "+18005550152", property: "mobilephone" }],
  },
  {
    objectId: 101,
    objectTypeId: "0-2",
    objectType: "COMPANY",
    name: "Analytical Engines",
    countryCode: "GB",
    hasOwner: true,
    numbers: [phone("+442079460101"), { number: "+442079460102", property: "hq_phone" }],
    associated: [51, 52],
  },
  {
    objectId: 7001,
    objectTypeId: "2-3465404",
    name: "Difference Engine No. 2",
    countryCode: "GB",
    hasOwner: true,
    numbers: [{ number: "+442079460201", property: "support_line" }],
    associated: [52],
    trap: "custom object: no objectType",
  },
  {
    objectId: 301,
    objectTypeId: "0-3",
    objectType: "DEAL",
    name: "Engine for the observatory",
    countryCode: "GB",
    hasOwner: true,
    numbers: [],
    associated: [52, 101],
    trap: "no number: its contact or company is called",
  },
  {
    objectId: 201,
    objectTypeId: "0-5",
    objectType: "TICKET",
    name: "The engine is stuck",
    countryCode: "US",
    hasOwner: true,
    numbers: [],
    associated: [51],
    trap: "no number: its contact is called",
  },
  {
    ...contact,
    objectId: 52,
    name: "Charles Babbage",
    countryCode: "GB",
    hasOwner: false,
    numbers: [phone("+442079460301")],
    trap: "no ownerId",
  },
  {
    ...contact,
    objectId: 53,
    name: "Konrad Zuse",
    countryCode: "DE",
    numbers: [phone("(030) 123 45")],
    trap: "not E.164",
  },
  {
    ...contact,
    objectId: 54,
    name: "Grace Hopper",
    numbers: [phone("+1 800-555-0154 x 9")],
    trap: "number with an extension",
  },
  {
    ...contact,
    objectId: 55,
    name: "Katherine Johnson 🚀",
    numbers: [phone("+18005550155")],
    trap: "emoji, shared number",
  },
  { ...contact, objectId: 56, name: "Dorothy Vaughan", numbers: [phone("+18005550155")], trap: "shared number" },
  {
    ...contact,
    objectId: 57,
    name: "مریم میرزاخانی",
    numbers: [phone("+18005550157")],
    trap: "right-to-left name",
  },
];

/** The contacts on the help desk's page, which is outside any record. */
export const helpDesk = { name: "Help desk", associated: [51, 53], trap: "outside any record: objectId 0" };

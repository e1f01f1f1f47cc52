// What a payload lacks. This page is a test target: it sends a message even if HubSpot will miss a field of it, and says so.
import { form } from "./call.ts";

/** Messages that name the engagement only if a call is running. */
const engagementIsOptional = ["INITIALIZED", "NAVIGATE_TO_RECORD"];

const isPlainObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The payload without the fields that are undefined, and without nested objects that are empty for that reason. */
export function definedFields(payload: object): object {
  if (!isPlainObject(payload)) return payload;
  const entries = Object.entries(payload).flatMap(([name, value]) => {
    const defined: unknown = isPlainObject(value) ? definedFields(value) : value;
    const isEmpty = defined === undefined || (isPlainObject(defined) && Object.keys(defined).length === 0);
    return isEmpty ? [] : [[name, defined]];
  });
  return Object.fromEntries(entries);
}

/** Says which fields HubSpot will miss and which are invalid by the form's own constraints; "" if nothing is wrong. */
export function whatIsMissing(type: string, payload: unknown): string {
  if (!isPlainObject(payload)) return "";
  const names = Object.keys({ ...payload, ...("objectCoordinates" in payload && Object(payload.objectCoordinates)) });
  const invalid = [...form.querySelectorAll<HTMLInputElement>("input:invalid")].filter(
    ({ name }) => names.includes(name) && !(name === "engagementId" && engagementIsOptional.includes(type)),
  );
  const missing = invalid.filter(({ value }) => !value).map(({ name }) => name);
  const notes = invalid.filter(({ value }) => value).map(({ name, title }) => `${name} must be ${title}`);
  if (missing.length > 0) notes.unshift(`HubSpot will miss ${missing.join(", ")}`);
  return notes.join("; ");
}

// Removes empty fields from payloads, and finds missing and invalid fields. Because this page is for testing, it sends invalid
// messages anyway, and logs their problems.
import { form } from "./call.ts";

/** Messages that contain an engagementId only during a call. */
const engagementIsOptional = ["INITIALIZED", "NAVIGATE_TO_RECORD"];

const isPlainObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** Removes undefined fields, and nested objects without defined fields. */
export function definedFields(payload: object): object {
  if (!isPlainObject(payload)) return payload;
  const entries = Object.entries(payload).flatMap(([name, value]) => {
    const defined: unknown = isPlainObject(value) ? definedFields(value) : value;
    const isEmpty = defined === undefined || (isPlainObject(defined) && Object.keys(defined).length === 0);
    return isEmpty ? [] : [[name, defined]];
  });
  return Object.fromEntries(entries);
}

/** Describes the fields that are missing or violate the form's constraints. Returns "" if all fields are valid. */
export function whatIsWrong(type: string, payload: unknown): string {
  if (!isPlainObject(payload)) return "";
  const names = Object.keys({ ...payload, ...("objectCoordinates" in payload && Object(payload.objectCoordinates)) });
  return [...form.querySelectorAll<HTMLInputElement>("input:invalid")]
    .filter(({ name }) => names.includes(name) && !(name === "engagementId" && engagementIsOptional.includes(type)))
    .map(({ name, value, title }) => (value ? `${name} must be ${title}` : `${name} is missing`))
    .join("; ");
}

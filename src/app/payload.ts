// What a payload lacks. This page is a test target: it sends a message even if HubSpot will miss a field of it, and says so.
import { form } from "./call.ts";

type Payload = { readonly [name: string]: unknown };

const isPayload = (value: unknown): value is Payload =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The payload without fields that are undefined, and without nested objects that have no other fields. */
export function definedFields(payload: object): object {
  if (!isPayload(payload)) return payload;
  const entries = Object.entries(payload).map(([name, value]) => [
    name,
    isPayload(value) ? definedFields(value) : value,
  ]);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined && !isEmpty(value)));
}

const isEmpty = (value: unknown) => isPayload(value) && Object.keys(value).length === 0;

/** Messages that name the engagement only if a call is running. */
const engagementIsOptional = ["INITIALIZED", "NAVIGATE_TO_RECORD"];

/** Says which fields HubSpot will miss and which are invalid by the form's own constraints; "" if nothing is wrong. */
export function whatIsMissing(type: string, payload: unknown): string {
  const invalid = fieldsOf(payload).flatMap(([name, value]) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement && !field.validity.valid ? [{ name, value, expected: field.title }] : [];
  });
  const wrong = invalid.filter(({ value }) => value !== undefined);
  const missing = invalid
    .filter(
      ({ name, value }) => value === undefined && !(name === "engagementId" && engagementIsOptional.includes(type)),
    )
    .map(({ name }) => name);
  const notes = wrong.map(({ name, expected }) => `${name} must be ${expected}`);
  return [...(missing.length > 0 ? [`HubSpot will miss ${missing.join(", ")}`] : []), ...notes].join("; ");
}

/** The fields of a payload and of the objects in it. */
function fieldsOf(payload: unknown): [name: string, value: unknown][] {
  if (!isPayload(payload)) return [];
  return Object.entries(payload).flatMap(([name, value]) => [
    [name, value] satisfies [string, unknown],
    ...fieldsOf(value),
  ]);
}

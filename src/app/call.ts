// The call as the form holds it: a person edits the fields, events fill them in, and the messages are built from them.
import type { EndStatus } from "@hubspot/calling-extensions-sdk";
import { element } from "../dom/element.ts";

export const form = element("call", HTMLFormElement);

const endStatuses: EndStatus[] = ["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"];
element("callEndStatus", HTMLSelectElement).append(...endStatuses.map((status) => new Option(status)));

export type Call = ReturnType<typeof read>;

/** What the fields hold now. Of one that is empty, "" where it is text, and NaN where it is a number. */
export function read() {
  const entries = new FormData(form);
  const text = (name: string): string => {
    const value = entries.get(name);
    if (typeof value === "string") return value;
    throw new Error(`The page needs a field named "${name}".`);
  };
  const number = (name: string) => Number.parseFloat(text(name));
  const chosen = text("callEndStatus");
  const objectTypeId: "0-1" | "0-2" = text("objectTypeId") === "0-2" ? "0-2" : "0-1";
  return {
    fromNumber: text("fromNumber"),
    toNumber: text("toNumber"),
    externalCallId: text("externalCallId"),
    engagementId: number("engagementId"),
    isLoggedIn: entries.has("isLoggedIn"),
    isAvailable: entries.has("isAvailable"),
    hideWidget: entries.has("hideWidget"),
    callEndStatus: endStatuses.find((status) => status === chosen) ?? "COMPLETED",
    hs_call_title: text("hs_call_title"),
    hs_call_body: text("hs_call_body"),
    hs_call_direction: text("hs_call_direction"),
    objectCoordinates: { portalId: number("portalId"), objectId: number("objectId"), objectTypeId },
    iFrameUrl: text("iFrameUrl"),
    /** Pixels. */
    width: number("width"),
    height: number("height"),
    message: text("message"),
    /** Milliseconds since 1970, as the other times. */
    callStartTime: number("callStartTime"),
    answeredAt: number("answeredAt"),
    endedAt: number("endedAt"),
    callState: text("callState"),
    callerName: text("callerName"),
    callStateAt: number("callStateAt"),
  };
}

/** All fields, as they are written. */
export const everything = () => Object.fromEntries(new FormData(form));

/** Text as it may be shown; what is no text and no number is not. */
export const show = (value: unknown) => (typeof value === "string" || typeof value === "number" ? `${value}` : "–");

/** Fills a field by its name. What arrives was checked by nobody: a value that the field cannot hold is left out. */
export function fill(name: string, value: unknown): void {
  const field = form.elements.namedItem(name);
  if (!field || !("value" in field) || show(value) === "–") return;
  const before = field.value;
  field.value = show(value);
  if (field.value !== show(value)) field.value = before;
}

/** Fills in every field that is named so. */
export function fillAll(fields: object): void {
  for (const [name, value] of Object.entries(fields)) fill(name, value);
}

const isNothing = (value: unknown) => value === "" || value === undefined || Number.isNaN(value);

const isPayload = (value: unknown): value is object =>
  typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** A payload without the fields that have no value. What is deeper than one object in it is not ours, and left as it is. */
export function known<Payload>(payload: Payload, depth?: number): Payload;
export function known(payload: unknown, depth = 1): unknown {
  if (!isPayload(payload)) return payload;
  const kept = Object.entries(payload).filter(([, value]) => !isNothing(value));
  return Object.fromEntries(kept.map(([name, value]) => [name, depth > 0 ? known(value, depth - 1) : value]));
}

/** In words what HubSpot will miss in a payload, or refuse. It is sent all the same: this is a test target. */
export function problems(payload: unknown): string {
  if (!isPayload(payload)) return "";
  const fields = Object.entries(payload).flatMap((entry) => [entry, ...entriesOf(entry[1])]);
  const invalid = fields.flatMap(([name, value]) => {
    const field = form.elements.namedItem(name);
    return field instanceof HTMLInputElement && !field.validity.valid ? [{ name, value, must: field.title }] : [];
  });
  const missing = invalid.filter(({ value }) => isNothing(value)).map(({ name }) => name);
  const wrong = invalid.filter(({ value }) => !isNothing(value));
  return [
    missing.length > 0 ? `HubSpot will miss ${missing.join(", ")}` : "",
    ...wrong.map(({ name, must }) => `${name} must be ${must}`),
  ]
    .filter(Boolean)
    .join("; ");
}

const entriesOf = (value: unknown) => (isPayload(value) ? Object.entries(value) : []);

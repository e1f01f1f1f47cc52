// The call as the form holds it: a person edits the fields, events fill them in, and the messages are built from them.
import type { EndStatus, OnNavigateToRecord } from "@hubspot/calling-extensions-sdk";
import { element } from "../panel/element.ts";
import type { Sent } from "../protocol/messages.ts";

export const form = element("call", HTMLFormElement);

const endStatuses: EndStatus[] = ["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"];
element("callEndStatus", HTMLSelectElement).append(...endStatuses.map((status) => new Option(status)));

function text(name: string): string {
  const value = new FormData(form).get(name);
  if (typeof value === "string") return value;
  throw new Error(`The page needs a field named "${name}".`);
}

/** NaN when the field is empty. */
const number = (name: string) => Number.parseFloat(text(name));
const checked = (name: string) => new FormData(form).has(name);

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

/** Says which fields of a payload are empty or wrong. It is sent all the same: this is a test target. */
export function problems(payload: unknown): string {
  if (typeof payload !== "object" || payload === null) return "";
  const invalid = [...form.querySelectorAll<HTMLInputElement>(":invalid")].filter(({ name }) => name in payload);
  return invalid.map(({ name, title }) => `${name} must be ${title}`).join(", ");
}

/** A new call, under a new external id, for incomingCall or outgoingCall. */
export function start(hs_call_direction: "INBOUND" | "OUTBOUND"): Sent<"INCOMING_CALL"> {
  const externalCallId = crypto.randomUUID();
  const callStartTime = Date.now();
  const fresh = { hs_call_direction, externalCallId, callStartTime, engagementId: "", answeredAt: "", endedAt: "" };
  fillAll(fresh);
  return { externalCallId, ...numbers(), createEngagement: true, callStartTime };
}

const numbers = () => ({ fromNumber: text("fromNumber"), toNumber: text("toNumber") });
export const externalId = () => ({ externalCallId: text("externalCallId") });
export const ids = () => ({ ...externalId(), engagementId: number("engagementId") });
/** Pixels. Fields that are empty leave the widget as large as it is; a hidden one has no size to keep. */
export const size = () => ({
  width: number("width") || innerWidth || 400,
  height: number("height") || innerHeight || 650,
});
export const widgetUrl = () => ({ iFrameUrl: text("iFrameUrl") });
export const error = () => ({ message: text("message") });
export const everything = () => Object.fromEntries(new FormData(form));

/**
 * What initialized says; with the engagement's id when a call is running. HubSpot documents isAvailable and sizeInfo,
 * but the types of SDK 0.9.7 refuse them in a literal: hence the type from protocol.ts.
 */
export function session(): Sent<"INITIALIZED"> {
  const { engagementId } = ids();
  const running = engagementId ? { engagementId } : {};
  return { isLoggedIn: checked("isLoggedIn"), isAvailable: checked("isAvailable"), sizeInfo: size(), ...running };
}

export function ended() {
  const chosen = text("callEndStatus");
  return { ...ids(), callEndStatus: endStatuses.find((status) => status === chosen) ?? "COMPLETED" };
}

/** Where navigateToRecord goes: the caller's record, once HubSpot found one. */
export function record(): OnNavigateToRecord {
  const objectTypeId = text("objectTypeId") === "0-2" ? "0-2" : "0-1";
  const { engagementId } = ids();
  return {
    engagementId,
    objectCoordinates: { portalId: number("portalId"), objectId: number("objectId"), objectTypeId },
  };
}

/** What the CRM is to keep of the call. The duration is in milliseconds, from the answer to the end. */
export function completed() {
  const answered = number("answeredAt");
  const { fromNumber, toNumber } = numbers();
  const engagementProperties = {
    hs_timestamp: number("callStartTime") || Date.now(),
    hs_call_title: text("hs_call_title"),
    hs_call_body: text("hs_call_body"),
    hs_call_direction: text("hs_call_direction"),
    hs_call_duration: `${answered ? (number("endedAt") || Date.now()) - answered : 0}`,
    hs_call_from_number: fromNumber,
    hs_call_to_number: toNumber,
    // Unlike callEndStatus, this property knows neither REJECTED nor MISSED.
    hs_call_status: text("callEndStatus").replace(/REJECTED|MISSED/, "NO_ANSWER"),
  };
  return { ...ids(), hideWidget: checked("hideWidget"), engagementProperties };
}

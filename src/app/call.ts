// The page's form contains the current call. Users edit the form's fields, events fill them in, and the app builds messages
// from them.
import type { EndStatus } from "@hubspot/calling-extensions-sdk";
import { element } from "../dom/element.ts";

type Field = HTMLInputElement | HTMLSelectElement;

export const form = element("call", HTMLFormElement);

/** Each declared property is the value of the form field with the same name, or undefined if that field is empty. */
class Call {
  declare readonly externalCallId: string | undefined;
  declare readonly engagementId: number | undefined;
  declare readonly fromNumber: string | undefined;
  declare readonly toNumber: string | undefined;
  declare readonly isLoggedIn: boolean;
  declare readonly isAvailable: boolean;
  declare readonly hideWidget: boolean;
  declare readonly callEndStatus: EndStatus;
  declare readonly hs_call_title: string | undefined;
  declare readonly hs_call_body: string | undefined;
  declare readonly hs_call_direction: string;
  declare readonly portalId: number | undefined;
  declare readonly objectId: number | undefined;
  declare readonly objectTypeId: "0-1" | "0-2";
  declare readonly iFrameUrl: string | undefined;
  /** `width` and `height` are in pixels. */
  declare readonly width: number | undefined;
  declare readonly height: number | undefined;
  /** The text that sendError sends. */
  declare readonly message: string | undefined;
  /** All times are Unix times in milliseconds. */
  declare readonly callStartTime: number | undefined;
  declare readonly answeredAt: number | undefined;
  declare readonly endedAt: number | undefined;
  declare readonly callState: string;
  declare readonly callStateAt: number | undefined;
  declare readonly callerName: string | undefined;

  /** Milliseconds from the answer to the end of the call, or to now if the call has not ended. */
  get duration(): number | undefined {
    return this.answeredAt && (this.endedAt ?? Date.now()) - this.answeredAt;
  }
}

const fields = new Map<string, Field>();
for (const field of form.elements) {
  if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
  fields.set(field.name, field);
  Object.defineProperty(Call.prototype, field.name, { get: () => fieldValue(field) });
}

export const call = new Call();

function fieldValue(field: Field): string | number | boolean | undefined {
  if (isCheckbox(field)) return field.checked;
  if (!field.value) return undefined;
  return field.type === "number" ? Number(field.value) : field.value;
}

/** Sets a new call's id, start time and direction, and clears the previous call's engagement id, caller name, answer time
 * and end time. */
export function startCall(hs_call_direction: "INBOUND" | "OUTBOUND"): void {
  const emptyFields = { engagementId: "", callerName: "", answeredAt: "", endedAt: "" };
  fill({ ...emptyFields, externalCallId: crypto.randomUUID(), callStartTime: Date.now(), hs_call_direction });
}

/** Copies `values` into the fields of the same names. Skips values that do not fit the field, because events are not validated. */
export function fill(values: object): void {
  let hasChanged = false;
  for (const [name, value] of Object.entries(values)) {
    const field = fields.get(name);
    if (!field || !canHold(field, value) || value === fieldValue(field)) continue;
    if (isCheckbox(field)) field.checked = value === true;
    else field.value = `${value}`;
    hasChanged = true;
  }
  if (hasChanged) notify();
}

function canHold(field: Field, value: unknown): boolean {
  if (isCheckbox(field)) return typeof value === "boolean";
  if (typeof value !== "string" && typeof value !== "number") return false;
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.value === value);
  return field.type !== "number" || Number.isFinite(Number(value));
}

const isCheckbox = (field: Field): field is HTMLInputElement & { type: "checkbox" } => field.type === "checkbox";

export const allFields = () => Object.fromEntries([...fields].map(([name, field]) => [name, fieldValue(field)]));

const listeners: (() => void)[] = [];

/** Calls the listener after one or more fields have changed. */
export function onCallChange(listener: () => void): void {
  listeners.push(listener);
}

function notify(): void {
  for (const listener of listeners) listener();
}
form.oninput = notify;

fill({ iFrameUrl: location.origin + location.pathname });

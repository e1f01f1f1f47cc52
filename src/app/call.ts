// The call, as the page's form holds it: people edit the fields, events fill them in, messages are built from them.
// Every field has the name that the protocol gives it.
import type { EndStatus } from "@hubspot/calling-extensions-sdk";
import { element } from "../dom/element.ts";

type Field = HTMLInputElement | HTMLSelectElement;

export const form = element("call", HTMLFormElement);

const endStatuses: EndStatus[] = ["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"];
element("callEndStatus", HTMLSelectElement).append(...endStatuses.map((status) => new Option(status)));

const fields = new Map<string, Field>();
for (const control of form.elements) {
  if (control instanceof HTMLInputElement || control instanceof HTMLSelectElement) fields.set(control.name, control);
}

/** What the fields hold now. A property is undefined while its field is empty. Times are milliseconds since 1970. */
export const call = {
  get externalCallId() {
    return text("externalCallId");
  },
  get engagementId() {
    return number("engagementId");
  },
  get fromNumber() {
    return text("fromNumber");
  },
  get toNumber() {
    return text("toNumber");
  },
  get isLoggedIn() {
    return isChecked("isLoggedIn");
  },
  get isAvailable() {
    return isChecked("isAvailable");
  },
  get hideWidget() {
    return isChecked("hideWidget");
  },
  get callEndStatus(): EndStatus {
    return endStatuses.find((status) => status === text("callEndStatus")) ?? "COMPLETED";
  },
  get title() {
    return text("hs_call_title");
  },
  get notes() {
    return text("hs_call_body");
  },
  get direction() {
    return text("hs_call_direction");
  },
  get callStartTime() {
    return number("callStartTime");
  },
  /** Milliseconds from the answer to the end, or until now while the call runs. */
  get durationMs() {
    const answeredAt = number("answeredAt");
    return answeredAt && (number("endedAt") ?? Date.now()) - answeredAt;
  },
  get portalId() {
    return number("portalId");
  },
  get objectId() {
    return number("objectId");
  },
  get objectTypeId(): "0-1" | "0-2" {
    return text("objectTypeId") === "0-2" ? "0-2" : "0-1";
  },
  get iFrameUrl() {
    return text("iFrameUrl");
  },
  get widthPx() {
    return number("width");
  },
  get heightPx() {
    return number("height");
  },
  get errorMessage() {
    return text("message");
  },
  get callerName() {
    return text("callerName");
  },
  get callState() {
    return text("callState");
  },
  get callStateAt() {
    return number("callStateAt");
  },
};

/** Gives a new call its id and start time, and clears what the previous call left in the form. */
export function startCall(direction: "INBOUND" | "OUTBOUND"): void {
  const left = { engagementId: "", callerName: "", answeredAt: "", endedAt: "" };
  const started = { externalCallId: crypto.randomUUID(), callStartTime: Date.now(), hs_call_direction: direction };
  fill({ ...left, ...started });
}

/** Fills in the fields that have these names. Events are not validated, so a value that a field cannot hold is skipped. */
export function fill(values: object): void {
  let hasChanged = false;
  for (const [name, value] of Object.entries(values)) {
    const field = fields.get(name);
    if (field && canHold(field, value)) hasChanged = set(field, value) || hasChanged;
  }
  if (hasChanged) notify();
}

/** Every field by its name; a checkbox as a boolean. */
export function allFields(): { [name: string]: string | boolean } {
  return Object.fromEntries(
    [...fields].map(([name, field]) => [name, isCheckbox(field) ? field.checked : field.value]),
  );
}

const listeners: (() => void)[] = [];

/** Calls the listener after each change of the fields, whether a person or an event made it. */
export function onCallChange(listener: () => void): void {
  listeners.push(listener);
}

function notify(): void {
  for (const listener of listeners) listener();
}
form.oninput = notify;

function text(name: string): string | undefined {
  return fieldNamed(name).value || undefined;
}

function number(name: string): number | undefined {
  const value = Number.parseFloat(fieldNamed(name).value);
  return Number.isNaN(value) ? undefined : value;
}

function isChecked(name: string): boolean {
  const field = fieldNamed(name);
  return isCheckbox(field) && field.checked;
}

function fieldNamed(name: string): Field {
  const field = fields.get(name);
  if (!field) throw new Error(`The page needs a field named "${name}".`);
  return field;
}

const isCheckbox = (field: Field): field is HTMLInputElement & { type: "checkbox" } => field.type === "checkbox";

function canHold(field: Field, value: unknown): value is string | number | boolean {
  if (isCheckbox(field)) return typeof value === "boolean";
  if (typeof value !== "string" && typeof value !== "number") return false;
  if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.value === value);
  return field.type !== "number" || Number.isFinite(Number(value));
}

/** Gives whether the field has changed. */
function set(field: Field, value: string | number | boolean): boolean {
  if (isCheckbox(field)) {
    const hasChanged = field.checked !== value;
    field.checked = value === true;
    return hasChanged;
  }
  if (field.value === `${value}`) return false;
  field.value = `${value}`;
  return true;
}

fill({ iFrameUrl: location.origin + location.pathname });

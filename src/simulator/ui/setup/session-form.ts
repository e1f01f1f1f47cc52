// The Session tab's form, and the settings that it contains.
import * as v from "valibot";
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import type { Settings } from "../../session/settings.ts";
import { backend } from "../backend/backend.ts";

export const form = () => element("session", HTMLFormElement);

const number = v.pipe(v.string(), v.transform(Number), v.number());
const milliseconds = v.fallback(v.pipe(number, v.minValue(1), v.finite()), 30_000);
const settings = v.object({
  portalId: number,
  userId: number,
  ownerId: number,
  iframeLocation: v.picklist(["widget", "remote", "window"]),
  syncDelay: number,
  timeout: milliseconds,
});

/** An empty number field gets its default value, so that the user sees the value that HubSpot sends. */
export function readSettings(): Settings {
  for (const field of fields()) {
    if (field instanceof HTMLInputElement && field.type === "number" && !field.value) field.value = field.defaultValue;
  }
  const data = new FormData(form());
  return {
    ...v.parse(settings, Object.fromEntries(data)),
    usesCallingWindow: data.has("usesCallingWindow"),
    withoutOwner: data.has("withoutOwner"),
    withoutUser: data.has("withoutUser"),
    callQueue: data.has("callQueue"),
    twice: data.has("twice"),
    sendsDeprecated: data.has("sendsDeprecated"),
  };
}

type Field = HTMLInputElement | HTMLSelectElement;

export function fields(): Field[] {
  return [...form().elements].filter(
    (field): field is Field => field instanceof HTMLInputElement || field instanceof HTMLSelectElement,
  );
}

/** Copies parameters such as `?portalId=1&usesCallingWindow=false` into the form. */
function setFields(parameters: URLSearchParams): void {
  for (const field of fields()) {
    const value = parameters.get(field.name);
    if (value === null) continue;
    if (field.type === "checkbox" && field instanceof HTMLInputElement) field.checked = value !== "false";
    else if (field instanceof HTMLInputElement || [...field.options].some((option) => option.value === value))
      field.value = value;
  }
}

/** Returns the value of the field's URL parameter, or undefined if the field has its default value. */
export function parameterOf(field: Field): string | undefined {
  if (field instanceof HTMLSelectElement) return field.selectedIndex > 0 ? field.value : undefined;
  if (field.type === "checkbox") return field.checked === field.defaultChecked ? undefined : `${field.checked}`;
  return field.value === field.defaultValue ? undefined : field.value;
}

/** Applies the URL parameters to the form, and returns the form's settings. */
export function settingsFrom(address: URL): Settings {
  setFields(address.searchParams);
  const portalId = backend.callingWindow.portalId(address);
  if (portalId !== undefined) setFields(new URLSearchParams({ portalId, iframeLocation: "window" }));
  return readSettings();
}

/** Changes the session's settings, and updates the form's fields. */
export function changeSettings(session: Session, parameters: URLSearchParams): void {
  setFields(parameters);
  session.change(readSettings());
}

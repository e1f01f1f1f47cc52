// The Session tab: the values that HubSpot sends in SYNC, and faults to simulate.
import * as v from "valibot";
import { element } from "../../../dom/element.ts";
import type { Session } from "../../session/session.ts";
import type { Settings } from "../../session/settings.ts";
import { portalOfWindow } from "../calling/calling-window.ts";
import type { PageAddress } from "./page-address.ts";
import type { SetupTab } from "./setup-buttons.ts";
import type { Tabs } from "../common/tabs.ts";

const form = () => element("session", HTMLFormElement);

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

function readSettings(): Settings {
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

function fields(): Field[] {
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

/** The field's value as a parameter; undefined if it is the default. */
function parameterOf(field: Field): string | undefined {
  if (field instanceof HTMLSelectElement) return field.selectedIndex > 0 ? field.value : undefined;
  if (field.type === "checkbox") return field.checked === field.defaultChecked ? undefined : `${field.checked}`;
  return field.value === field.defaultValue ? undefined : field.value;
}

/** The settings that simulate a fault. */
const faults: readonly ((settings: Settings) => boolean)[] = [
  ({ syncDelay }) => syncDelay > 0,
  ({ withoutOwner }) => withoutOwner,
  ({ withoutUser }) => withoutUser,
  ({ twice }) => twice,
];

/** Changing a field that is in SYNC reloads the app; changing one of these does not. */
const fieldsNotInSync = ["timeout", "callQueue", "twice", "sendsDeprecated"];

/** Keeps the fields that differ from their defaults in the address. */
export function createSessionTab(session: Session, address: PageAddress, tabs: Tabs): SetupTab {
  const update = (settings: Settings) => {
    for (const field of fields()) address.set(field.name, parameterOf(field));
    tabs.markFaults("sessionTab", faults.filter((isOn) => isOn(settings)).length);
  };
  session.on("settings", update);
  update(session.settings);
  form().addEventListener("change", ({ target }) => {
    session.change(readSettings());
    const isInSync = !(target instanceof HTMLInputElement && fieldsNotInSync.includes(target.name));
    if (isInSync) session.open();
  });
  return {
    isDefault: () => fields().every((field) => parameterOf(field) === undefined),
    reset() {
      form().reset();
      session.change(readSettings());
    },
  };
}

/** Applies the URL parameters to the form, and returns the form's settings. */
export function settingsFrom(address: URL): Settings {
  setFields(address.searchParams);
  const portalId = portalOfWindow(address);
  if (portalId !== undefined) setFields(new URLSearchParams({ portalId, iframeLocation: "window" }));
  return readSettings();
}

/** Also updates the form fields. */
export function changeSettings(session: Session, parameters: URLSearchParams): void {
  setFields(parameters);
  session.change(readSettings());
}

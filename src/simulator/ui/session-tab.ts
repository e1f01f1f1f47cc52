// The tab "Session": what HubSpot tells the app in SYNC, and how it behaves.
import * as v from "valibot";
import { element } from "../../dom/element.ts";
import type { Settings } from "../session/session.ts";

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

/** What the form says. */
export function readSettings(): Settings {
  const data = new FormData(form());
  return {
    ...v.parse(settings, Object.fromEntries(data)),
    usesCallingWindow: data.has("usesCallingWindow"),
    withoutOwner: data.has("withoutOwner"),
    withoutUser: data.has("withoutUser"),
    twice: data.has("twice"),
    sendsDeprecated: data.has("sendsDeprecated"),
  };
}

/** Sets the fields of the form that the address names, as `?portalId=1&usesCallingWindow=false`. */
export function presetSettings(address: URLSearchParams): void {
  for (const field of form().elements) {
    if (!(field instanceof HTMLInputElement || field instanceof HTMLSelectElement)) continue;
    const value = address.get(field.name);
    if (value === null) continue;
    if (field.type === "checkbox" && field instanceof HTMLInputElement) field.checked = value !== "false";
    else if (field instanceof HTMLInputElement || [...field.options].some((option) => option.value === value))
      field.value = value;
  }
}

const notOfSync = ["timeout", "twice", "sendsDeprecated"];

/** Calls back whenever the form was changed, and says whether SYNC is another by that. */
export function onSettingsChange(changed: (isOfSync: boolean) => void): void {
  form().addEventListener("change", ({ target }) => {
    changed(!(target instanceof HTMLInputElement && notOfSync.includes(target.name)));
  });
}

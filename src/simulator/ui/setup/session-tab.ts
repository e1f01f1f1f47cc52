// The Session tab: the values that HubSpot sends in SYNC, the faults to simulate, and other settings.
import type { Session } from "../../session/session.ts";
import type { Settings } from "../../session/settings.ts";
import type { PageAddress } from "../common/page-address.ts";
import type { Tabs } from "../common/tabs.ts";
import { fields, form, parameterOf, readSettings } from "./session-form.ts";
import type { SetupTab } from "./setup-buttons.ts";

const faults: readonly ((settings: Settings) => boolean)[] = [
  ({ syncDelay }) => syncDelay > 0,
  ({ withoutOwner }) => withoutOwner,
  ({ withoutUser }) => withoutUser,
  ({ twice }) => twice,
];

/** SYNC does not contain these fields, so a change does not reload the app. */
const fieldsNotInSync = ["timeout", "callQueue", "twice", "sendsDeprecated"];

/** Stores the fields' non-default values in the page's URL. */
export function createSessionTab(session: Session, address: PageAddress, tabs: Tabs): SetupTab {
  const update = (settings: Settings) => {
    for (const field of fields()) address.set(field.name, parameterOf(field));
    tabs.markSetup("sessionTab", faults.filter((isOn) => isOn(settings)).length, "Simulated faults");
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

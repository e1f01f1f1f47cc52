// Shows a card for each CRM record, with a Call button for each phone number.
import { element, make } from "../../dom/element.ts";
import { textOf } from "../../protocol/fields.ts";
import { type CrmRecord, type PhoneNumber, records } from "../session/crm-records.ts";
import type { Session } from "../session/session.ts";
import type { Alert } from "./alert.ts";
import type { Calling } from "./call-button.ts";
import { tabBehind } from "./tab-behind.ts";

/** Lists the records and marks the current one. `?record=` in the page's URL sets the initial record. */
export function createRecordsList(
  address: URL,
  session: Pick<Session, "on" | "settings">,
  calling: Calling,
  alert: Alert,
): void {
  const press = (record: CrmRecord, phone: PhoneNumber) => void calling.press(record, phone);
  element("records", HTMLUListElement).replaceChildren(...records.map((record) => card(record, press)));

  session.on("navigation", ({ record, newTab }) => {
    const isInWindow = session.settings.iframeLocation === "window";
    const tab = isInWindow ? tabBehind() : undefined;
    const target = withRecord(tab ? new URL(tab.location.href) : address, record);
    // The browser copies this tab's sessionStorage, which contains the current call, to the new tab.
    if (newTab) window.open(target);
    else if (tab) tab.location.href = target;
    else if (!isInWindow) markRecord(record);
  });

  const requested = address.searchParams.get("record");
  const first = records.find((record) => idOf(record) === requested);
  if (first) markRecord(first);
  else if (requested) {
    alert.show("address", `Unknown record "${requested}" in ?record=; use one of ${records.map(idOf).join(", ")}.`);
  }
}

function withRecord(address: URL, record: { objectId: unknown; objectTypeId: unknown }): string {
  const target = new URL(address);
  target.searchParams.set("record", idOf(record));
  return target.href;
}

function card(record: CrmRecord, dial: (record: CrmRecord, phone: PhoneNumber) => void): HTMLElement {
  const { name, objectType, objectTypeId, objectId, numbers, trap } = record;
  const picture = make("span", { className: "picture", ariaHidden: "true" }, initialsOf(name));
  picture.dataset.type = objectType ?? "CUSTOM";
  const head = make(
    "div",
    { className: "recordHead" },
    picture,
    make("b", {}, name),
    make("small", {}, `${objectType?.toLowerCase() ?? "custom object"} ${objectTypeId} · ${objectId}`),
  );
  const rows = numbers.map((phone) =>
    make(
      "li",
      {},
      make("small", {}, phone.property),
      make("button", { type: "button", onclick: () => dial(record, phone) }, `Call ${phone.number}`),
    ),
  );
  const item = make("li", { className: "record" }, head, make("ul", {}, ...rows));
  if (trap) head.append(make("small", { className: "trap" }, trap));
  item.dataset.record = idOf(record);
  return item;
}

const initialsOf = (name: string) =>
  name
    .replace(/(\p{L})\S*\s*/gu, "$1")
    .slice(0, 2)
    .toUpperCase();

/** Returns the record's type and id, for example "0-1/51". */
export function idOf({ objectId, objectTypeId }: { objectId: unknown; objectTypeId: unknown }): string {
  return `${textOf(objectTypeId)}/${textOf(objectId)}`;
}

/** The record's name, or its id if it is not in the list. */
export function nameOf(record: { objectId: number; objectTypeId: string }): string {
  return records.find((listed) => idOf(listed) === idOf(record))?.name ?? `record ${idOf(record)}`;
}

function markRecord(record: { objectId: unknown; objectTypeId: unknown }): void {
  for (const item of element("records", HTMLUListElement).children) {
    if (!(item instanceof HTMLElement)) continue;
    item.ariaCurrent = item.dataset.record === idOf(record) ? "page" : null;
  }
}

// Shows a card for each CRM record, with a Call button for each phone number. The open record's card also shows the numbers
// of its associated records.
import { element, make } from "../../../dom/element.ts";
import { isUnderWay } from "../../../protocol/call-states.ts";
import type { Engagement } from "../../calls/engagement.ts";
import {
  type CrmRecord,
  type DialedCall,
  isSameRecord,
  type PhoneNumber,
  type RecordId,
} from "../../crm/crm-records.ts";
import type { RecordStore } from "../../crm/record-store.ts";
import { helpDesk, recordTypes } from "../../crm/sample-records.ts";
import type { Timeline } from "../../crm/timeline.ts";
import type { Session } from "../../session/session.ts";
import type { Calling } from "../calling/call-button.ts";
import { tabBehind } from "../calling/tab-behind.ts";
import type { Alert } from "../common/alert.ts";
import { showConfirmDialog } from "../common/confirm-dialog.ts";
import type { PageAddress } from "../common/page-address.ts";
import { truncate } from "../common/truncate.ts";
import { createRecordForm } from "./record-form.ts";
import { idOf } from "./record-id.ts";
import { createRecordSearch } from "./record-search.ts";

type Actions = {
  call(call: DialedCall): void;
  open(record: CrmRecord | undefined): void;
  edit(record: CrmRecord): void;
};

/** The value of `?record=` for a page outside any record. */
const noRecord = "none";
const markedMs = 3000;

/** Lists the records and marks the open record. At the start, opens the record in `?record=`, or the first record. */
export function createRecordsList(
  address: PageAddress,
  session: Pick<Session, "on" | "openPage" | "openRecord" | "settings">,
  store: RecordStore,
  calling: Calling,
  alert: Alert,
  timeline: Pick<Timeline, "all">,
): void {
  const form = createRecordForm(store, {
    saved(record) {
      search.clear();
      showSaved(record);
    },
    async mayDelete(record) {
      const question = whyAsk(record, session.openRecord, timeline.all());
      return question === undefined || showConfirmDialog(question, "Delete anyway");
    },
    removed(record) {
      const { openRecord } = session;
      const isGone = !store.all().some((listed) => isSameRecord(listed, record));
      if (isGone && openRecord && isSameRecord(openRecord, record)) session.openPage(store.all()[0]);
    },
  });
  const search = createRecordSearch(session, store, calling);
  const actions: Actions = {
    call: (call) => void calling.press(call),
    async open(record) {
      if (await calling.mayLeave("Open anyway")) session.openPage(record);
    },
    edit: form.edit,
  };
  element("addRecord", HTMLButtonElement).onclick = () => form.add();

  function render(): void {
    const cards = store.all().map((record) => recordCard(record, store.all(), actions));
    element("records", HTMLUListElement).replaceChildren(...cards, helpDeskCard(store.all(), actions));
    markRecord(session.openRecord);
    search.apply();
  }
  store.on("changed", render);
  window.addEventListener("storage", store.readAgain);
  openFirst(address, session, store, alert);
  // Subscribes only now, because a calling window that opens its first record must not navigate the tab behind the window.
  session.on("navigation", ({ record, newTab }) => {
    const tab = session.settings.iframeLocation === "window" ? tabBehind() : undefined;
    // The browser copies this page's sessionStorage to the new tab. The storage contains the current engagement's id, so the app
    // in the new tab can resume the call.
    if (record && newTab) window.open(withRecord(tab?.location.href ?? address.url.href, record));
    else if (record && tab && !isOpenIn(tab, record)) tab.location.href = withRecord(tab.location.href, record);
    else if (!newTab) showOpen(record);
  });
  function showOpen(record: RecordId | undefined): void {
    const [first] = store.all();
    const id = record ? idOf(record) : noRecord;
    address.set("record", first && idOf(first) === id ? undefined : id);
    markRecord(record);
    search.apply();
  }
  render();
}

/** Returns the reasons why the user must confirm that the record may be deleted, or undefined if there are no reasons. */
function whyAsk(
  record: CrmRecord,
  openRecord: RecordId | undefined,
  engagements: readonly Engagement[],
): string | undefined {
  const name = truncate(record.name);
  const isOpen = openRecord && isSameRecord(openRecord, record);
  const isInCall = engagements.some(({ record: called, state }) => {
    return called && isSameRecord(called, record) && isUnderWay(state);
  });
  const reasons = [
    ...(isInCall ? [`A call with ${name} has not ended yet.`] : []),
    ...(isOpen
      ? [
          `The page of ${name} is open. If you delete the record, HubSpot opens the first record's page and reloads the app.`,
        ]
      : []),
  ];
  return reasons.length > 0 ? reasons.join(" ") : undefined;
}

/** Returns whether the tab already shows the record, for example because the user dialed from that tab. */
function isOpenIn(tab: Window, record: RecordId): boolean {
  return tab.document.querySelector<HTMLElement>("#records > [aria-current]")?.dataset.record === idOf(record);
}

function withRecord(address: string, record: RecordId): string {
  const target = new URL(address);
  target.searchParams.set("record", idOf(record));
  return target.href;
}

function openFirst(address: PageAddress, session: Pick<Session, "openPage">, store: RecordStore, alert: Alert): void {
  const records = store.all();
  const requested = address.get("record");
  if (requested === noRecord) {
    session.openPage(undefined);
    return;
  }
  const record = requested ? records.find((listed) => idOf(listed) === requested) : records[0];
  if (!record) {
    const ids = records.map(idOf).join(", ");
    alert.show(
      "address",
      `Unknown record "${requested}" in ?record=; use one of ${ids}. The first record is open instead.`,
    );
    address.set("record", undefined); // so that a reload does not repeat the alert
  }
  session.openPage(record ?? records[0]);
}

function recordCard(record: CrmRecord, records: readonly CrmRecord[], actions: Actions): HTMLElement {
  const { name, objectType = "CUSTOM", objectId, trap } = record;
  const about = `${typeOf(record)} · ${objectId}`;
  const edit = make(
    "button",
    { type: "button", className: "editRecord", ariaLabel: `Edit ${name}`, onclick: () => actions.edit(record) },
    "Edit",
  );
  const head = cardHead({ name, about, type: objectType, trap }, () => actions.open(record));
  const own = record.numbers.map((phone) =>
    numberRow(make("small", {}, phone.property), record, phone, record, actions),
  );
  const item = make("li", { className: "record" }, make("div", { className: "row" }, head, edit));
  if (own.length > 0) item.append(make("ul", {}, ...own));
  const associated = associatedRows(record.associated ?? [], record, records, actions);
  if (associated.length > 0) item.append(make("ul", { className: "associated" }, ...associated));
  item.dataset.record = idOf(record);
  item.dataset.words = [name, about, record.email ?? "", ...record.numbers.map(({ number }) => number)].join(" ");
  return item;
}

function helpDeskCard(records: readonly CrmRecord[], actions: Actions): HTMLElement {
  const { name, trap, associated } = helpDesk;
  const head = cardHead({ name, about: "conversation", type: "DESK", trap }, () => actions.open(undefined));
  const rows = associatedRows(associated, undefined, records, actions);
  const item = make("li", { className: "record" }, head, make("ul", { className: "associated" }, ...rows));
  item.dataset.record = "";
  item.dataset.words = name;
  return item;
}

function cardHead(
  { name, about, type, trap }: { name: string; about: string; type: string; trap: string | undefined },
  open: () => void,
): HTMLElement {
  const picture = make("span", { className: "picture", ariaHidden: "true" }, initialsOf(name));
  picture.dataset.type = type;
  const words = [make("b", { dir: "auto" }, name), make("small", {}, about)];
  const title = `Open the page of ${name}. HubSpot then reloads the app.`;
  return make(
    "button",
    { type: "button", className: "recordHead", title, onclick: open },
    picture,
    ...words,
    ...(trap ? [make("small", { className: "trap" }, trap)] : []),
  );
}

/** Returns a row for each phone number of the page's associated records. */
function associatedRows(
  ids: readonly number[],
  page: CrmRecord | undefined,
  records: readonly CrmRecord[],
  actions: Actions,
): HTMLElement[] {
  return ids
    .flatMap((id) => records.find(({ objectId }) => objectId === id) ?? [])
    .flatMap((record) =>
      record.numbers.map((phone) => {
        return numberRow(make("span", { dir: "auto" }, record.name), record, phone, page, actions);
      }),
    );
}

function numberRow(
  label: HTMLElement,
  record: CrmRecord,
  phone: PhoneNumber,
  page: CrmRecord | undefined,
  actions: Actions,
): HTMLElement {
  const onclick = () => actions.call({ record, phone, page });
  return make("li", {}, label, make("button", { type: "button", onclick }, `Call ${phone.number}`));
}

const initialsOf = (name: string) =>
  name
    .replace(/(\p{L})\S*\s*/gu, "$1")
    .slice(0, 2)
    .toUpperCase();

function typeOf({ objectType, objectTypeId }: CrmRecord): string {
  const known = recordTypes.find((type) => type.objectTypeId === objectTypeId);
  return `${known?.label ?? objectType?.toLowerCase() ?? "custom object"} ${objectTypeId}`;
}

function markRecord(record: RecordId | undefined): void {
  for (const item of element("records", HTMLUListElement).children) {
    if (!(item instanceof HTMLElement)) continue;
    item.ariaCurrent = item.dataset.record === (record ? idOf(record) : "") ? "page" : null;
  }
}

/** Scrolls to the card of a record that the user has saved, and marks the card for a moment. */
function showSaved(record: RecordId): void {
  for (const item of element("records", HTMLUListElement).children) {
    if (!(item instanceof HTMLElement)) continue;
    if (item.dataset.record !== idOf(record)) continue;
    item.scrollIntoView({ block: "nearest" });
    item.classList.add("saved");
    setTimeout(() => item.classList.remove("saved"), markedMs);
  }
}

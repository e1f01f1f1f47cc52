// The dialog in which the user adds, edits, deletes or restores a record. The browser stores the changed records.
import { element } from "../../../dom/element.ts";
import type { CrmRecord, PhoneNumber } from "../../crm/crm-records.ts";
import { countryCodes } from "../../crm/normalize-number.ts";
import type { NewRecord, RecordStore } from "../../crm/record-store.ts";
import { recordTypes } from "../../crm/sample-records.ts";

type Actions = {
  /** Runs after a record is stored. */
  saved(record: CrmRecord): void;
  /** Resolves with false if the user does not confirm that the record may be deleted. */
  mayDelete(record: CrmRecord): Promise<boolean>;
  /** Runs after a record is deleted or restored. */
  removed(record: CrmRecord): void;
};

export function createRecordForm(store: RecordStore, on: Actions) {
  const dialog = element("recordDialog", HTMLDialogElement);
  const form = element("recordForm", HTMLFormElement);
  const remove = element("removeRecord", HTMLButtonElement);
  const field = (name: string) => fieldOf(form, name);
  let edited: CrmRecord | undefined;

  field("type").replaceChildren(...recordTypes.map(({ label, objectTypeId }) => new Option(label, objectTypeId)));
  field("countryCode").replaceChildren(...countryCodes.map((code) => new Option(code)));

  function open(record: CrmRecord | undefined): void {
    edited = record;
    element("recordFormTitle", HTMLElement).textContent = record ? `Edit ${record.name}` : "Add a record";
    element("recordProblem", HTMLElement).textContent = "";
    field("name").value = record?.name ?? "";
    field("type").value = record?.objectTypeId ?? "0-1";
    field("type").disabled = record !== undefined; // Cannot change, because the type and the id identify the record.
    field("numbers").value = (record?.numbers ?? []).map(({ number }) => number).join("\n");
    field("countryCode").value = record?.countryCode ?? "US";
    field("email").value = record?.email ?? "";
    const hasOwner = field("hasOwner");
    if (hasOwner instanceof HTMLInputElement) hasOwner.checked = record?.hasOwner ?? true;
    remove.hidden = !record || !store.isOwn(record);
    remove.textContent = record && store.isSample(record) ? "Restore" : "Delete";
    dialog.showModal();
  }

  /** Applies the change and closes the dialog, or shows why the browser did not store the change. */
  function change(act: () => void): void {
    try {
      act();
      dialog.close();
    } catch (error) {
      element("recordProblem", HTMLElement).textContent =
        `The browser did not store the change (${String(error)}). Allow this site to store data, or free some storage, then try again.`;
    }
  }

  form.onsubmit = (event) => {
    event.preventDefault();
    const record = read(form, edited);
    const wrong = record.numbers.find(({ number }) => !/\d/.test(number));
    if (wrong) {
      element("recordProblem", HTMLElement).textContent =
        `“${wrong.number}” is not a phone number, because it contains no digits. Correct or delete this line.`;
      field("numbers").focus();
      return;
    }
    change(() => {
      const saved = edited ? { ...record, objectId: edited.objectId } : store.add(record);
      if (edited) store.replace(saved);
      dialog.close();
      on.saved(saved);
    });
  };
  remove.onclick = async () => {
    const record = edited;
    if (!record || !(store.isSample(record) || (await on.mayDelete(record)))) return;
    change(() => {
      store.remove(record);
      on.removed(record);
    });
  };
  element("cancelRecord", HTMLButtonElement).onclick = () => dialog.close();

  return { add: () => open(undefined), edit: (record: CrmRecord) => open(record) };
}

function read(form: HTMLFormElement, before: CrmRecord | undefined): NewRecord {
  const data = new FormData(form);
  const value = (name: string) => `${data.get(name) ?? ""}`.trim();
  const type = before ?? recordTypes.find(({ objectTypeId }) => objectTypeId === value("type"));
  const email = value("email");
  return {
    objectTypeId: type?.objectTypeId ?? "0-1",
    ...(type?.objectType && { objectType: type.objectType }),
    name: value("name"),
    ...(email && { email }),
    countryCode: value("countryCode"),
    hasOwner: data.has("hasOwner"),
    numbers: numbersIn(value("numbers"), before?.numbers ?? []),
    ...(before?.associated && { associated: before.associated }),
    ...(before?.trap && { trap: before.trap }),
  };
}

/** A number on an existing line keeps the line's property. A number on a new line gets the default property for the line. */
function numbersIn(lines: string, before: readonly PhoneNumber[]): PhoneNumber[] {
  const numbers = lines.split("\n").flatMap((line) => line.trim() || []);
  return numbers.map((number, index) => {
    const property =
      before[index]?.property ?? (index === 0 ? "phone" : index === 1 ? "mobilephone" : `phone_${index + 1}`);
    return { number, property };
  });
}

function fieldOf(form: HTMLFormElement, name: string): HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement || field instanceof HTMLSelectElement || field instanceof HTMLTextAreaElement) {
    return field;
  }
  throw new Error(`the record form has no field "${name}"`);
}

// The search field above the records. The user types text to filter the records, or a phone number to dial.
import { element } from "../../../dom/element.ts";
import { type CrmRecord, type DialedCall, isSameRecord, recordsWithNumber } from "../../crm/crm-records.ts";
import type { RecordStore } from "../../crm/record-store.ts";
import type { Session } from "../../session/session.ts";
import type { Calling } from "../calling/call-button.ts";
import { idOf } from "./record-id.ts";
import { canDial, hasNumber } from "./searched-number.ts";

export function createRecordSearch(session: Pick<Session, "openRecord">, store: RecordStore, calling: Calling) {
  const field = element("recordFilter", HTMLInputElement);
  const call = element("callNumber", HTMLButtonElement);
  const hint = element("callHint", HTMLOutputElement);

  function apply(): void {
    const words = field.value.trim().toLowerCase();
    const isDialable = canDial(words, store.all());
    call.disabled = !isDialable;
    let count = 0;
    for (const card of element("records", HTMLUListElement).children) {
      if (!(card instanceof HTMLElement)) continue;
      const { words: wordsOfCard = "", record: id } = card.dataset;
      const record = store.all().find((candidate) => idOf(candidate) === id);
      card.hidden = !wordsOfCard.toLowerCase().includes(words) && !(record && hasNumber(record, words));
      if (!card.hidden) count += 1;
    }
    element("noRecords", HTMLElement).hidden = count > 0;
    hint.textContent = isDialable ? hintFor(words, store.all(), session.openRecord) : "";
    hint.hidden = hint.textContent === "";
  }

  function clear(): void {
    field.value = "";
    apply();
  }

  field.oninput = apply;
  element("recordSearch", HTMLFormElement).onsubmit = async (event) => {
    event.preventDefault();
    const { value } = field;
    const number = value.trim();
    const dialed = canDial(number, store.all()) ? callTo(number, store.all(), session.openRecord) : undefined;
    // Shows all records during the call, unless the user has already typed something else.
    if (dialed && (await calling.press(dialed)) && field.value === value) clear();
  };
  return { apply, clear };
}

/** If no record has the number, names the record that the call would be for. */
function hintFor(number: string, records: readonly CrmRecord[], openRecord: Session["openRecord"]): string {
  const dialed = callTo(number, records, openRecord);
  if (!dialed || recordsWithNumber(records, number).length > 0) return "";
  const why = dialed.page ? "whose page is open" : "the first record";
  return `No record has exactly this number. The simulator logs a call to it under ${dialed.record.name}, ${why}.`;
}

/** Our choice: if no record has the number, the call is for the open record or, if no record is open, for the first record. */
function callTo(
  number: string,
  records: readonly CrmRecord[],
  openRecord: Session["openRecord"],
): DialedCall | undefined {
  const page = records.find((record) => openRecord && isSameRecord(openRecord, record));
  const withNumber = recordsWithNumber(records, number);
  const record = withNumber.find((match) => match === page) ?? withNumber[0] ?? page ?? records[0];
  return record && { record, phone: { number, property: "phone" }, page };
}

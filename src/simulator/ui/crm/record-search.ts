// The search field above the records. The user types text to filter the records, or a phone number to dial.
import { element } from "../../../dom/element.ts";
import { type CrmRecord, type DialedCall, isSameRecord, recordsWithNumber } from "../../session/crm-records.ts";
import type { RecordStore } from "../../session/record-store.ts";
import type { Session } from "../../session/session.ts";
import type { Calling } from "../calling/call-button.ts";

export function createRecordSearch(session: Pick<Session, "openRecord">, store: RecordStore, calling: Calling) {
  const field = element("recordFilter", HTMLInputElement);
  const call = element("callNumber", HTMLButtonElement);

  function apply(): void {
    const words = field.value.trim().toLowerCase();
    call.disabled = !looksLikeNumber(words);
    let count = 0;
    for (const card of element("records", HTMLUListElement).children) {
      if (!(card instanceof HTMLElement)) continue;
      card.hidden = words !== "" && !matches(card.dataset.words ?? "", words);
      if (!card.hidden) count += 1;
    }
    element("noRecords", HTMLElement).hidden = count > 0;
  }

  field.oninput = apply;
  element("recordSearch", HTMLFormElement).onsubmit = (event) => {
    event.preventDefault();
    const number = field.value.trim();
    const dialed = looksLikeNumber(number) ? callTo(number, store.all(), session.openRecord) : undefined;
    if (dialed) void calling.press(dialed);
  };
  return { apply };
}

const looksLikeNumber = (text: string) => /^\+?[\d\s().x#*/-]+$/i.test(text) && /\d{3}/.test(text.replace(/\D/g, ""));

/** If the text looks like a number, also compares only the digits, so that "(800) 555" finds "+1800555". */
function matches(wordsOfCard: string, words: string): boolean {
  const text = wordsOfCard.toLowerCase();
  if (text.includes(words)) return true;
  return looksLikeNumber(words) && text.replace(/\D/g, "").includes(words.replace(/\D/g, ""));
}

/** Our choice: if no record has the number, the call is for the open record or, if no record is open, for the first. */
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

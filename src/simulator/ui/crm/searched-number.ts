// Digits in the search field can be a phone number or a record's id.
import { type CrmRecord, recordsWithNumber } from "../../crm/crm-records.ts";
import { normalizeNumber } from "../../crm/normalize-number.ts";

const looksLikeNumber = (text: string) => /^\+?[\d\s().x#*/-]+$/i.test(text) && /\d{3}/.test(text.replace(/\D/g, ""));

/**
 * Whether the user can dial the text. Returns false for digits that begin a record's id, unless a record has exactly this
 * number, because the user may be searching for the id. To dial these digits, the user can add a space or a plus sign.
 */
export const canDial = (text: string, records: readonly CrmRecord[]) =>
  looksLikeNumber(text) && (!beginsRecordId(text, records) || recordsWithNumber(records, text).length > 0);

const beginsRecordId = (text: string, records: readonly CrmRecord[]) =>
  /^\d+$/.test(text) && records.some(({ objectId }) => `${objectId}`.startsWith(text));

/**
 * Whether the text is part of one of the record's numbers. Compares digits, so that "(800) 555" finds "+1800555". A complete
 * number may also be in the national format of the record's country.
 */
export function hasNumber({ numbers, countryCode }: CrmRecord, text: string): boolean {
  if (!looksLikeNumber(text)) return false;
  const wanted = [text, normalizeNumber(text, countryCode) ?? text].map(digitsOf);
  return numbers.some(({ number }) => {
    const found = [number, normalizeNumber(number, countryCode) ?? number].map(digitsOf);
    return found.some((digits) => wanted.some((part) => digits.includes(part)));
  });
}

const digitsOf = (text: string) => text.replace(/\D/g, "");

// Digits in the search field can be a phone number or a record's id.
import type { CrmRecord } from "../../session/crm-records.ts";
import { normalizeNumber } from "../../session/normalize-number.ts";

export const looksLikeNumber = (text: string) =>
  /^\+?[\d\s().x#*/-]+$/i.test(text) && /\d{3}/.test(text.replace(/\D/g, ""));

/** A search by id must not offer a call, because the Enter key would dial the id. */
export const canDial = (text: string, records: readonly CrmRecord[]) =>
  looksLikeNumber(text) && !beginsRecordId(text, records);

const beginsRecordId = (text: string, records: readonly CrmRecord[]) =>
  /^\d+$/.test(text) && records.some(({ objectId }) => `${objectId}`.startsWith(text));

/**
 * Compares digits, so that "(800) 555" finds "+1800555". A complete number may also be in the national format of the
 * record's country.
 */
export function hasNumber({ numbers, countryCode }: CrmRecord, text: string): boolean {
  const wanted = [text, normalizeNumber(text, countryCode) ?? text].map(digitsOf);
  return numbers.some(({ number }) => {
    const found = [number, normalizeNumber(number, countryCode) ?? number].map(digitsOf);
    return found.some((digits) => wanted.some((part) => digits.includes(part)));
  });
}

const digitsOf = (text: string) => text.replace(/\D/g, "");

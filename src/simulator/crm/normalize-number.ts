// Converts phone numbers to E.164 from the formats in which users write them. HubSpot does not document how it normalizes
// numbers, so the conversion is our choice.
import { e164 } from "../../protocol/e164.ts";

/** A country's calling code and trunk prefix. The trunk prefix precedes numbers that are dialed within the country. */
type Plan = readonly [callingCode: string, trunkPrefix?: string];

/** Keyed by ISO 3166 country code. A number from any other country is normalized only if it includes the calling code. */
const plans: { readonly [countryCode: string]: Plan } = {
  AE: ["971", "0"],
  AR: ["54", "0"],
  AT: ["43", "0"],
  AU: ["61", "0"],
  BE: ["32", "0"],
  BR: ["55", "0"],
  CA: ["1", "1"],
  CH: ["41", "0"],
  CL: ["56"],
  CN: ["86", "0"],
  CO: ["57"],
  CZ: ["420"],
  DE: ["49", "0"],
  DK: ["45"],
  EG: ["20", "0"],
  ES: ["34"],
  FI: ["358", "0"],
  FR: ["33", "0"],
  GB: ["44", "0"],
  GR: ["30"],
  HK: ["852"],
  IE: ["353", "0"],
  IL: ["972", "0"],
  IN: ["91", "0"],
  IR: ["98", "0"],
  IT: ["39"],
  JP: ["81", "0"],
  KR: ["82", "0"],
  MX: ["52"],
  NL: ["31", "0"],
  NO: ["47"],
  NZ: ["64", "0"],
  PL: ["48"],
  PT: ["351"],
  RO: ["40", "0"],
  SA: ["966", "0"],
  SE: ["46", "0"],
  SG: ["65"],
  TR: ["90", "0"],
  UA: ["380", "0"],
  US: ["1", "1"],
  ZA: ["27", "0"],
};
export const countryCodes: readonly string[] = Object.keys(plans);

const maxLength = 60;
/** For example tel: or whatsapp: */
const scheme = /^[a-z]+:/i;
/** For example "x 9", "ext. 9", ";ext=9", "*227" or ",9". */
const extension = /[\s;,]*(?:ext(?:ension)?\.?|x|#|\*|,|;)[=:.\s]*\d+#?$/i;
const separators = /[\s().\-/\u2010-\u2015]/g;
/** Invisible characters that set the text direction. Users may copy them along with a number. */
const directionMarks = /[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Returns the number in E.164, without its extension.
 * @param countryCode the ISO 3166 code of the number's country, which applies only to a number without a calling code
 * @returns undefined if the value is not a phone number, or if its calling code is unknown
 */
export function normalizeNumber(number: unknown, countryCode: string): string | undefined {
  if (typeof number !== "string" || number.length > maxLength) return undefined;
  const plain = number.replace(directionMarks, "").trim().replace(scheme, "").replace(extension, "");
  const international = plain.replace(/^(?:00|011)(?=[\s\d(-])/, "+");
  const digits = (international.startsWith("+") ? international.replace("(0)", "") : plain).replace(separators, "");
  const complete = digits.startsWith("+") ? digits : withCallingCode(digits, countryCode);
  return complete && e164.test(complete) ? complete : undefined;
}

function withCallingCode(digits: string, countryCode: string): string | undefined {
  const plan = Object.hasOwn(plans, countryCode) ? plans[countryCode] : undefined;
  if (!plan || !/^\d+$/.test(digits)) return undefined;
  const [callingCode, trunkPrefix] = plan;
  const national = trunkPrefix && digits.startsWith(trunkPrefix) ? digits.slice(trunkPrefix.length) : digits;
  return `+${callingCode}${national}`;
}

export function isSameNumber(a: unknown, b: unknown, countryCode: string): boolean {
  return (normalizeNumber(a, countryCode) ?? a) === (normalizeNumber(b, countryCode) ?? b);
}

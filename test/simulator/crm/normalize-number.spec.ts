import { expect, test } from "@playwright/test";
import { countryCodes, isSameNumber, normalizeNumber } from "../../../src/simulator/crm/normalize-number.ts";

const numbers: [number: string, countryCode: string, normalized: string | undefined][] = [
  ["+18005550151", "DE", "+18005550151"],
  ["(030) 123 45", "DE", "+493012345"],
  ["+49 (0)30 123 45", "US", "+493012345"],
  ["0049 30 12345", "DE", "+493012345"],
  ["020 7946 0301", "GB", "+442079460301"],
  ["(800) 555-0151", "US", "+18005550151"],
  ["1-800-555-0151", "CA", "+18005550151"],
  ["011 44 20 7946 0301", "US", "+442079460301"],
  ["06 12345678", "IT", "+390612345678"],
  ["800.555.0151 x 9", "US", "+18005550151"],
  ["+1 800 555 0151 ext. 12", "US", "+18005550151"],
  ["tel:+1-800-555-0151;ext=9", "US", "+18005550151"],
  ["+18005550151*227", "US", "+18005550151"],
  ["whatsapp:+18005550151", "US", "+18005550151"],
  ["\u202a+1\u00a0800 555\u20110151\u202c", "US", "+18005550151"],
  ["12345", "XX", undefined],
  ["12345", "__proto__", undefined],
  ["Ada", "US", undefined],
  ["", "US", undefined],
  ["+", "US", undefined],
  ["+0123", "US", undefined],
  [`+${"1".repeat(16)}`, "US", undefined],
  ["1".repeat(10_000), "US", undefined],
];
for (const [number, countryCode, normalized] of numbers) {
  const input = `${JSON.stringify(number.slice(0, 40))} in ${countryCode}`;
  test(normalized === undefined ? `rejects ${input}` : `normalizes ${input} to ${normalized}`, () => {
    expect(normalizeNumber(number, countryCode)).toBe(normalized);
  });
}

test("does not normalize a value that is not a string", () => {
  for (const value of [undefined, null, 18005550151, {}, ["+18005550151"]]) {
    expect(normalizeNumber(value, "US"), String(value)).toBe(undefined);
  }
});

test("compares numbers in normalized form, and other strings unchanged", () => {
  expect(isSameNumber("(030) 123 45", "+493012345", "DE")).toBe(true);
  expect(isSameNumber("(030) 123 45", "+493012345", "FR")).toBe(false);
  expect(isSameNumber("reception", "reception", "US")).toBe(true);
  expect(isSameNumber("reception", undefined, "US")).toBe(false);
  expect(new Set(countryCodes).size).toBe(countryCodes.length);
});

import { mkdtempSync, readFileSync, renameSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { createNumbersLookup, parsePhoneNumbers } from "../../src/server/phone-numbers.ts";
import { numbersOf, type PhoneNumber } from "../../src/webhook/phone-numbers.ts";
import { chance } from "../support/random.ts";

const line = (e164PhoneNumber: string, friendlyName = "Main line"): PhoneNumber => ({ e164PhoneNumber, friendlyName });
const mine = [line("+12025550100")];

test("prefers the user's numbers to the account's, and the account's to the default", () => {
  const user = [{ e164PhoneNumber: "+12025550101", friendlyName: "User" }];
  const account = [{ e164PhoneNumber: "+12025550102", friendlyName: "Account" }];
  const numbers = { portals: { 1: { users: { 9: user, 8: [] }, default: account }, 2: { users: {} } }, default: mine };
  const of = (portalId: number, userId: number) => numbersOf(numbers, { portalId, userId });
  expect(of(1, 9)).toBe(user);
  expect(of(1, 8)).toEqual([]);
  expect(of(1, 7)).toBe(account);
  expect(of(2, 9)).toBe(mine);
  expect(of(3, 9)).toBe(mine);
});

test("accepts src/webhook/phone-numbers.json without a warning", () => {
  expect(parsePhoneNumbers(readFileSync("src/webhook/phone-numbers.json", "utf8")).warnings).toEqual([]);
});

const faults: [value: unknown, message: string][] = [
  [null, "the file: must be an object"],
  [{}, "default: is missing"],
  [{ default: {} }, "default: must be a list"],
  [{ default: [7] }, "default[0]: must be an object"],
  [{ default: [{ friendlyName: "Main line" }] }, "default[0].e164PhoneNumber: is missing"],
  [{ default: [line("+12025550100", "")] }, "default[0].friendlyName: must not be empty"],
  [{ default: [{ ...line("+12025550100"), extension: 1 }] }, "default[0].extension: must be a string"],
  [
    { default: [{ ...line("+12025550100"), e164Number: "+12025550100" }] },
    "default[0].e164Number: is not a known field; use one of e164PhoneNumber, extension, friendlyName",
  ],
  [{ default: [], portals: { abc: {} } }, "portals.abc: must be an id (digits only)"],
  [
    { default: [], portals: { 62515: { default: [line("+12025550100"), line("0800")] } } },
    'portals.62515.default[1].e164PhoneNumber: "0800" is not in E.164 format; write +, country code and number, such as +12025550100',
  ],
  [{ default: [], portals: { 62515: { users: { 9: "+1" } } } }, "portals.62515.users.9: must be a list"],
];
for (const [value, message] of faults) {
  test(`reports "${message}" for an invalid file`, () => {
    expect(() => parsePhoneNumbers(JSON.stringify(value))).toThrow(new Error(message));
  });
}

test("reports each problem on a separate line", () => {
  const file = { default: [line("1"), line("2")], portals: [] };
  expect(() => parsePhoneNumbers(JSON.stringify(file))).toThrow(/default\[0\].*\n.*default\[1\]/);
});

test("accepts only E.164 numbers", () => {
  const accepts = (number: string) => {
    try {
      return parsePhoneNumbers(JSON.stringify({ default: [line(number)] })).warnings.length === 0;
    } catch {
      return false;
    }
  };
  // The last number is possible but not valid: its range is reserved for fiction.
  for (const good of ["+12025550100", "+442079460958", "+4930901820", "+447700900123"]) {
    expect(accepts(good), good).toBe(true);
  }
  for (const bad of [
    ...["12025550100", "0012025550100", "+1 202 555 0100", "+1-202-555-0100", "+0123456789", "+", "+1", "+1202555"],
    ...[
      "+120255501000000",
      "+999123456789",
      "+12025550100;ext=1",
      "tel:+12025550100",
      "+12025550100\n",
      "+１２０２５５５０１００",
    ],
  ]) {
    expect(accepts(bad), bad).toBe(false);
  }
});

test("warns about names that HubSpot shortens and numbers that users cannot select, but keeps them", () => {
  const long = line("+12025550100", "The quick brown fox jumps");
  const extended = { ...line("+12025550101", "The quick brown fox jump"), extension: "1" };
  const file = { default: [long], portals: { 62515: { users: { 9: [extended] }, default: [long] } } };
  expect(parsePhoneNumbers(JSON.stringify(file))).toEqual({
    numbers: file,
    warnings: [
      "default[0].friendlyName: HubSpot shows only the first 24 characters",
      "portals.62515.default[0].friendlyName: HubSpot shows only the first 24 characters",
      "portals.62515.users.9[0].extension: HubSpot users cannot select a number with an extension",
    ],
  });
});

test("counts a name's characters as the simulator does, not UTF-16 code units", () => {
  const warningsFor = (name: string) =>
    parsePhoneNumbers(JSON.stringify({ default: [line("+12025550100", name)] })).warnings;
  expect(warningsFor("📞".repeat(24))).toEqual([]);
  expect(warningsFor("📞".repeat(25))).toHaveLength(1);
});

test("accepts each of 150 generated files, or rejects it with a reason", () => {
  const { pick, below } = chance(9);
  const values = [0, null, true, "", "+1", [], {}, [[]], [{}], [null], { default: 1 }, { users: [] }, "\ud800"];
  const keys = ["default", "portals", "users", "62515", "9", "__proto__", "e164PhoneNumber", "friendlyName", ""];
  const randomValue = (depth: number): unknown =>
    depth === 0 || below(4) === 0
      ? pick<unknown>(values)
      : Object.fromEntries(Array.from({ length: below(4) }, () => [pick(keys), randomValue(depth - 1)]));
  const failed: string[] = [];
  for (let count = 0; count < 150; count++) {
    const content = JSON.stringify(randomValue(4)).slice(0, below(4) === 0 ? below(30) : undefined);
    try {
      parsePhoneNumbers(content);
    } catch (error) {
      const hasReason = error instanceof Error && !(error instanceof TypeError) && /: |JSON/.test(error.message);
      if (!hasReason) failed.push(`${content}: ${error}`);
    }
  }
  expect(failed).toEqual([]);
});

test.describe("the numbers file", () => {
  let folder: string;
  let path: string;
  let printed: string[];
  const { warn, error } = console;

  test.beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "phone-numbers-"));
    path = join(folder, "phone-numbers.json");
    printed = [];
    console.warn = console.error = (text: string) => printed.push(text);
  });
  test.afterEach(() => {
    Object.assign(console, { warn, error });
    rmSync(folder, { recursive: true });
  });

  const write = (numbers: PhoneNumber[]) => writeFileSync(path, JSON.stringify({ default: numbers }));
  const request = { appId: 1, portalId: 2, userId: 3 };

  test("causes an error with its path and the problem's location if it is broken or missing", () => {
    expect(() => createNumbersLookup(path)).toThrow(`${path}: is missing`);
    expect(() => createNumbersLookup(folder)).toThrow(`${folder} cannot be read: it is not a file`);
    write([line("0800")]);
    expect(() => createNumbersLookup(path)).toThrow(`${path}: default[0].e164PhoneNumber: "0800"`);
    writeFileSync(path, "{");
    expect(() => createNumbersLookup(path)).toThrow(`${path}: `);
  });

  test("is reread when it changes or is replaced", () => {
    write(mine);
    const numbers = createNumbersLookup(path);
    expect(numbers(request)).toEqual(mine);
    write([...mine, line("+12025550101")]);
    expect(numbers(request)).toHaveLength(2);
    const other = join(folder, "other.json");
    writeFileSync(other, JSON.stringify({ default: [line("+12025550102"), line("+12025550103")] }));
    renameSync(other, path);
    expect(numbers(request)[0]).toEqual(line("+12025550102"));
    expect(printed).toEqual([]);
  });

  test("still provides its last valid numbers while it is broken or missing, and causes one message per problem", () => {
    write(mine);
    const numbers = createNumbersLookup(path);
    writeFileSync(path, "{");
    expect([numbers(request), numbers(request), numbers(request)]).toEqual([mine, mine, mine]);
    expect(printed).toHaveLength(1);
    rmSync(path);
    expect([numbers(request), numbers(request)]).toEqual([mine, mine]);
    expect(printed).toHaveLength(2);
    write([]);
    expect(numbers(request)).toEqual([]);
    expect(printed).toHaveLength(2);
  });

  test("still provides its last valid numbers while it is a circular symbolic link", () => {
    test.skip(process.platform === "win32", "symbolic links require permissions on Windows");
    write(mine);
    const numbers = createNumbersLookup(path);
    rmSync(path);
    symlinkSync("phone-numbers.json", path);
    expect([numbers(request), numbers(request)]).toEqual([mine, mine]);
    expect(printed).toEqual([expect.stringContaining("the webhook keeps the last valid phone numbers")]);
    rmSync(path);
    write([]);
    expect(numbers(request)).toEqual([]);
  });

  test("causes warnings that contain its path", () => {
    write([line("+12025550100", "The quick brown fox jumps")]);
    createNumbersLookup(path);
    expect(printed).toEqual([`${path}: default[0].friendlyName: HubSpot shows only the first 24 characters`]);
  });
});

// Reads and validates the webhook's phone numbers file, and reads the file again after it has changed.
import { statSync } from "node:fs";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import * as v from "valibot";
import type { NumbersRequest } from "../http/numbers-request.ts";
import { object } from "../http/schema.ts";
import { readTextIfThere } from "../node/read-file.ts";
import { e164 } from "../protocol/e164.ts";
import { numbersOf, type PhoneNumber, type PhoneNumbers } from "../webhook/phone-numbers.ts";

const text = v.pipe(v.string("must be a string"), v.nonEmpty("must not be empty"));
// isPossible checks the country code and the length. isValid would reject number ranges that are newer than the library.
const isE164 = (number: string) => e164.test(number) && parsePhoneNumberFromString(number)?.isPossible() === true;
const phoneNumbers = v.array(
  object({
    e164PhoneNumber: v.pipe(
      text,
      v.check(
        isE164,
        ({ input }) => `"${input}" is not in E.164 format; write +, country code and number, such as +12025550100`,
      ),
    ),
    extension: v.exactOptional(text),
    friendlyName: text,
  }),
  "must be a list",
);
const byId = <S extends v.GenericSchema>(schema: S) =>
  v.record(v.pipe(v.string(), v.digits("must be an id (digits only)")), schema, "must be an object");
const fileSchema = object({
  portals: v.exactOptional(
    byId(object({ users: v.exactOptional(byId(phoneNumbers)), default: v.exactOptional(phoneNumbers) })),
  ),
  default: phoneNumbers,
});

/**
 * Validates the file's content. Also returns warnings about names that HubSpot truncates and about numbers that users cannot
 * select.
 * @throws an Error if the content is not JSON or contains invalid values. For each such value, the message has one line: the
 * path, such as `portals.62515.default[1].e164PhoneNumber`, and what the value must be
 */
export function parsePhoneNumbers(content: string): { numbers: PhoneNumbers; warnings: string[] } {
  const { success, issues, output: numbers } = v.safeParse(fileSchema, JSON.parse(content));
  if (!success) throw new Error(issues.map((issue) => `${pathOf(issue)}: ${issue.message}`).join("\n"));
  const warnings = listsOf(numbers).flatMap(([listPath, list]) =>
    list.flatMap(({ friendlyName, extension }, index) => [
      ...([...friendlyName].length > 24
        ? [`${listPath}[${index}].friendlyName: HubSpot shows only the first 24 characters`]
        : []),
      ...(extension === undefined
        ? []
        : [`${listPath}[${index}].extension: HubSpot users cannot select a number with an extension`]),
    ]),
  );
  return { numbers, warnings };
}

function pathOf({ path }: v.BaseIssue<unknown>): string {
  const keys = (path ?? []).map(({ key }) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return keys.join("").slice(1) || "the file";
}

function listsOf({ portals, default: defaultNumbers }: PhoneNumbers): [path: string, PhoneNumber[]][] {
  const lists: [path: string, PhoneNumber[]][] = [["default", defaultNumbers]];
  for (const [portalId, portal] of Object.entries(portals ?? {})) {
    if (portal.default) lists.push([`portals.${portalId}.default`, portal.default]);
    for (const [userId, list] of Object.entries(portal.users ?? {})) {
      lists.push([`portals.${portalId}.users.${userId}`, list]);
    }
  }
  return lists;
}

/**
 * Reads the file now, and again on the first lookup after each change. If the changed file is invalid, prints the problems
 * once and keeps the last valid numbers. Without a path, every lookup returns an empty array.
 * @throws an Error if the file is missing, empty or invalid
 */
export function createNumbersLookup(path: string | undefined): (request: NumbersRequest) => PhoneNumber[] {
  if (path === undefined) return () => [];
  let version = versionOf(path);
  let numbers = read(path);
  return (request) => {
    const current = versionOf(path);
    if (current !== version) {
      version = current;
      try {
        numbers = read(path);
      } catch (error) {
        console.error(`${messageOf(error)}\n${path}: the webhook keeps the last valid phone numbers`);
      }
    }
    return numbersOf(numbers, request);
  };
}

function read(path: string): PhoneNumbers {
  const content = readTextIfThere(path);
  if (!content) throw new Error(`${path}: is missing or empty`);
  try {
    const { numbers, warnings } = parsePhoneNumbers(content);
    for (const warning of warnings) console.warn(`${path}: ${warning}`);
    return numbers;
  } catch (error) {
    throw new Error(messageOf(error).replace(/^/gm, `${path}: `), { cause: error });
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

// Size and inode distinguish versions that were written within one tick of the file system's clock.
function versionOf(path: string): string {
  try {
    const { ino, mtimeNs, size } = statSync(path, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch (error) {
    return messageOf(error);
  }
}

// The file of phone numbers that `npm start` hands to the webhook: checked when it is read, read again when it changes.
import { statSync } from "node:fs";
import { parsePhoneNumberFromString } from "libphonenumber-js/min";
import * as v from "valibot";
import { readIfThere } from "../node/read-file.ts";
import { e164 } from "../protocol/e164.ts";
import { numbersOf, type PhoneNumber, type PhoneNumbers } from "../webhook/phone-numbers.ts";
import type { Who } from "../webhook/webhook.ts";

const object = <E extends v.ObjectEntries>(entries: E) =>
  v.strictObject(entries, ({ expected, received }) => {
    if (expected === "never") return `is not known here; known: ${Object.keys(entries).join(", ")}`;
    return received === "undefined" ? "is missing" : "must be an object in { }";
  });
const text = v.pipe(v.string("must be text in quotes"), v.nonEmpty("must not be empty"));
// Possible, not valid: country code and length are judged, but a range of numbers newer than the library is let through.
const isE164 = (number: string) => e164.test(number) && parsePhoneNumberFromString(number)?.isPossible() === true;
const phoneNumbers = v.array(
  object({
    e164PhoneNumber: v.pipe(
      text,
      v.check(isE164, ({ input }) => `"${input}" is not E.164; write +, country code and number, as in +12025550100`),
    ),
    extension: v.exactOptional(text),
    friendlyName: text,
  }),
  "must be a list in [ ]",
);
const byId = <S extends v.GenericSchema>(schema: S) =>
  v.record(v.pipe(v.string(), v.digits("must be an id of HubSpot's, in digits")), schema, "must be an object in { }");
const everything = object({
  portals: v.exactOptional(
    byId(object({ users: v.exactOptional(byId(phoneNumbers)), default: v.exactOptional(phoneNumbers) })),
  ),
  default: phoneNumbers,
});

/**
 * Checks the content of a file of phone numbers. Warnings name what HubSpot will not show as it is written.
 * Throws with one line per fault: its place, as `portals.62515.default[1].e164PhoneNumber`, and what to write.
 */
export function parsePhoneNumbers(content: string): { numbers: PhoneNumbers; warnings: string[] } {
  const { success, issues, output: numbers } = v.safeParse(everything, JSON.parse(content));
  if (!success) throw new Error(issues.map((issue) => `${place(issue)}: ${issue.message}`).join("\n"));
  const warnings = lists(numbers).flatMap(([where, list]) =>
    list.flatMap(({ friendlyName, extension }, index) => [
      ...(friendlyName.length > 24 ? [`${where}[${index}].friendlyName: HubSpot cuts it after 24 characters`] : []),
      ...(extension === undefined ? [] : [`${where}[${index}].extension: makes the number not selectable in HubSpot`]),
    ]),
  );
  return { numbers, warnings };
}

function place({ path }: v.BaseIssue<unknown>): string {
  const keys = (path ?? []).map(({ key }) => (typeof key === "number" ? `[${key}]` : `.${String(key)}`));
  return keys.join("").slice(1) || "the file";
}

function lists({ portals, default: everybody }: PhoneNumbers): [string, PhoneNumber[]][] {
  const found: [string, PhoneNumber[]][] = [["default", everybody]];
  for (const [portalId, portal] of Object.entries(portals ?? {})) {
    if (portal.default) found.push([`portals.${portalId}.default`, portal.default]);
    for (const [userId, list] of Object.entries(portal.users ?? {})) {
      found.push([`portals.${portalId}.users.${userId}`, list]);
    }
  }
  return found;
}

/**
 * Opens a file of phone numbers for the webhook, and looks whether it changed each time that it is asked.
 * Throws if the file is broken or missing; later it keeps the last good numbers and prints each fault once.
 */
export function openPhoneNumbers(path: string): (who: Who) => PhoneNumber[] {
  let version = versionOf(path);
  let numbers = read(path);
  return (who) => {
    const current = versionOf(path);
    if (current !== version) {
      version = current;
      try {
        numbers = read(path);
      } catch (error) {
        console.error(`${messageOf(error)}\n${path}: the last good phone numbers stay in use`);
      }
    }
    return numbersOf(numbers, who);
  };
}

function read(path: string): PhoneNumbers {
  const content = readIfThere(path);
  if (!content) throw new Error(`${path}: is missing`);
  try {
    const { numbers, warnings } = parsePhoneNumbers(content.toString());
    for (const warning of warnings) console.warn(`${path}: ${warning}`);
    return numbers;
  } catch (error) {
    throw new Error(messageOf(error).replace(/^/gm, `${path}: `), { cause: error });
  }
}

const messageOf = (error: unknown) => (error instanceof Error ? error.message : String(error));

// The size and the inode tell versions apart that were written within one tick of the file system's clock.
function versionOf(path: string): string {
  try {
    const { ino, mtimeNs, size } = statSync(path, { bigint: true });
    return `${ino} ${mtimeNs} ${size}`;
  } catch (error) {
    return messageOf(error);
  }
}

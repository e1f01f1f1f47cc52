// Finds fields that a message type does not define, and the fields that the app probably meant.
import { fieldsOf } from "../../protocol/fields.ts";
import { isMessageType, type MessageType } from "../../protocol/message-types.ts";
import { engagementProperties, outbound } from "../../protocol/messages.ts";
import type { AppMessage } from "./rule.ts";

export type UnknownField = { name: string; isProperty: boolean; meant: string | undefined };

/** Fields that a message type does not define, but that are harmless or reported by another rule. */
const tolerated: Partial<Record<MessageType, readonly string[]>> = {
  // One of HubSpot's demo apps copies fields from READY into initialized.
  INITIALIZED: ["portalId", "userId", "ownerId", "iframeLocation", "usesCallingWindow", "hostUrl"],
  OUTGOING_CALL_STARTED: ["phoneNumber"],
};

/** HubSpot properties that the schema does not define, from the SDK's types and HubSpot's documentation of recordings. */
const otherProperties = [
  ...[
    "hs_activity_type",
    "hs_attachment_ids",
    "hs_call_app_id",
    "hs_call_callee_object_id",
    "hs_call_callee_object_type",
  ],
  ...["hs_call_disposition", "hs_call_external_account_id", "hs_call_external_id"],
];
const properties = [...Object.keys(engagementProperties.entries), ...otherProperties];

const isUnknownProperty = (name: string) => name.startsWith("hs_") && !properties.includes(name);

/** Whether the rule `unknown-field` accepts this field, which the message type's schema does not define. */
export function isAccepted(type: string, path: string): boolean {
  const [parent, property] = path.split(".");
  if (type === "CALL_COMPLETED" && parent === "engagementProperties" && property) return !isUnknownProperty(property);
  return isMessageType(type) && (tolerated[type] ?? []).includes(path);
}

export function unknownFieldsOf({ type, fields }: AppMessage): UnknownField[] {
  const { data: schema } = outbound[type];
  const known = "entries" in schema ? Object.keys(schema.entries) : undefined;
  const allowed = [...(known ?? Object.keys(fields)), ...(tolerated[type] ?? [])];
  const unknown = (names: string[], isProperty: boolean, candidates: readonly string[]) =>
    names.map((name) => ({ name, isProperty, meant: closest(name, candidates) }));
  const names = Object.keys(fields).filter((name) => !allowed.includes(name));
  const hubspotNames = Object.keys(fieldsOf(fields.engagementProperties)).filter(isUnknownProperty);
  return [
    ...unknown(names, false, known ?? []),
    ...unknown(type === "CALL_COMPLETED" ? hubspotNames : [], true, properties),
  ];
}

/** Returns the candidate that the app probably misspelled, or the only candidate that ends with the name. */
function closest(name: string, candidates: readonly string[]): string | undefined {
  return mostSimilar(name, candidates) ?? withEnd(name, candidates);
}

/** For example, returns callEndStatus for status. */
function withEnd(name: string, candidates: readonly string[]): string | undefined {
  const end = name.slice(0, 1).toUpperCase() + name.slice(1);
  const matches = candidates.filter((candidate) => candidate.endsWith(end) || candidate.endsWith(`_${name}`));
  return matches.length === 1 && name.length >= 4 ? matches[0] : undefined;
}

function mostSimilar(name: string, candidates: readonly string[]): string | undefined {
  const plain = (text: string) =>
    text
      .slice(0, 80)
      .toLowerCase()
      .replace(/[^a-z0-9]/g, "");
  const limit = Math.min(3, Math.floor(plain(name).length / 3));
  const ranked = candidates
    .map((candidate) => ({ candidate, distance: distanceOf(plain(name), plain(candidate)) }))
    .sort((one, other) => one.distance - other.distance);
  const [best] = ranked;
  return best && best.distance <= limit ? best.candidate : undefined;
}

/** Returns the number of characters to insert, remove or replace (the Levenshtein distance). */
function distanceOf(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [index, letter] of [...one].entries()) {
    const next = [index + 1];
    for (const [column, otherLetter] of [...other].entries()) {
      const replaced = (row[column] ?? 0) + (letter === otherLetter ? 0 : 1);
      next.push(Math.min(replaced, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row[other.length] ?? 0;
}

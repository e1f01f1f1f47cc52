// Describes messages and their fields with the texts of the protocol definition. Does not use the DOM.
import * as v from "valibot";
import { toJson } from "../../../dom/to-json.ts";
import { fieldsOf } from "../../../protocol/fields.ts";
import { inbound, outbound } from "../../../protocol/messages.ts";
import { entriesOf, isWrapper, unwrap } from "../../../protocol/schema-fields.ts";
import { sdkNameOf } from "../../../protocol/sdk-name.ts";
import type { Sure } from "../../../protocol/sure.ts";
import { isAccepted } from "../../rules/unknown-fields.ts";

export type FieldDoc = {
  /** The path of a nested field contains dots, for example `objectCoordinates.objectId`. */
  path: string;
  /** The value as JSON; "" for an object whose fields are listed; undefined if the payload lacks the field. */
  value: string | undefined;
  /** Empty if the protocol definition does not describe the field. */
  meaning: string;
  isRequired: boolean;
  isKnown: boolean;
  /** Missing if the field is as certain as its message. */
  sure?: Sure;
};

/** The meanings of the fields that the simulator adds to HubSpot's events and that no source describes. */
const chosenFields = new Map([
  ["END_CALL externalCallId", "the app's id of the call that the app should end"],
  ["END_CALL engagementId", "HubSpot's id of the call that the app should end"],
  ["PUBLISH_TO_CHANNEL_FAILED error", "the reason for the failure"],
  ["FINALIZE_ENGAGEMENT_FAILED error", "the reason for the failure"],
]);

/** `name` is the name of the SDK's method or handler. */
export type MessageDoc = { name: string; sure: Sure; source: string };

/** Returns undefined for a type that the protocol does not define. An app can send any type. */
export function describeMessage(from: "app" | "hubspot", type: string): MessageDoc | undefined {
  const name = sdkNameOf(from, type);
  const definition = definitionOf(from, type);
  return name && definition ? { name, sure: definition.sure, source: definition.source } : undefined;
}

/**
 * Returns the defined fields in the order of the definition, followed by the payload's other fields. Of the other fields,
 * those that the rule `unknown-field` accepts and those that the simulator adds are known.
 */
export function describeFields(from: "app" | "hubspot", type: string, data: unknown): FieldDoc[] {
  const schema = definitionOf(from, type)?.data;
  const docs = schema ? fieldsWithin(schema, data, "") : unknownFields(fieldsOf(data), [], "");
  return docs.map((field) => (field.isKnown ? field : { ...field, ...aboutOtherField(from, type, field.path) }));
}

function aboutOtherField(from: "app" | "hubspot", type: string, path: string): Partial<FieldDoc> {
  if (from === "app") return { isKnown: isAccepted(type, path) };
  const meaning = chosenFields.get(`${type} ${path}`);
  return meaning ? { meaning, isKnown: true, sure: "chosen" } : {};
}

function definitionOf(from: "app" | "hubspot", type: string) {
  const definitions = from === "app" ? outbound : inbound;
  return Object.entries(definitions).find(([name]) => name === type)?.[1];
}

function fieldsWithin(schema: v.GenericSchema, data: unknown, path: string): FieldDoc[] {
  const entries = entriesOf(schema, data);
  const fields = fieldsOf(data);
  const known = Object.entries(entries).flatMap(([name, entry]): FieldDoc[] => {
    const inner = unwrap(entry);
    const here = path + name;
    const value = fields[name];
    const field = {
      path: here,
      value: name in fields ? json(value) : undefined,
      meaning: v.getDescription(inner) ?? "",
      isRequired: !isWrapper(entry),
      isKnown: true,
    };
    const isWhole = typeof value !== "object" || value === null || Object.keys(entriesOf(inner, value)).length === 0;
    return isWhole ? [field] : [{ ...field, value: "" }, ...fieldsWithin(inner, value, `${here}.`)];
  });
  return [...known, ...unknownFields(fields, Object.keys(entries), path)];
}

function unknownFields(fields: object, known: readonly string[], path: string): FieldDoc[] {
  return Object.entries(fields)
    .filter(([name]) => !known.includes(name))
    .map(([name, value]) => {
      return { path: path + name, value: json(value), meaning: "", isRequired: false, isKnown: false };
    });
}

const json = (value: unknown) => toJson(value) || String(value);

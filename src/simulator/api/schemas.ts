// Schemas for the request bodies. Except for calls as CRM objects, fields and types come from HubSpot's OpenAPI description
// of calling extensions, 2026-03. Our choices: ids, widths and heights start at 1, required strings must not be blank, and
// URLs and property names must follow the rules below.
import * as v from "valibot";
import { finalCallStatuses, phoneNumberTypes } from "../../http/inbound-call.ts";
import { isSafeUrl } from "../../http/loopback.ts";
import { callAssociations } from "../../http/paths.ts";
import { anyObject, isTime, object } from "../../http/schema.ts";
import { e164 } from "../../protocol/e164.ts";
import { int64 } from "../calls/engagement.ts";

export const text = v.pipe(
  v.string("must be a string"),
  v.check((value) => value.trim() !== "", "must not be blank"),
);
const whole = v.pipe(v.number("must be a whole number"), v.safeInteger("must be a whole number"));
export const int32 = v.pipe(
  whole,
  v.minValue(1, "must be from 1 to 2147483647"),
  v.maxValue(2 ** 31 - 1, "must be from 1 to 2147483647"),
);
export const boolean = v.boolean("must be true or false");
export const oneOf = <const Names extends readonly string[]>(names: Names) =>
  v.picklist(names, `must be one of ${names.join(", ")}`);

const url = v.pipe(text, v.check(isSafeUrl, "must be an https URL, or an http URL on this machine"));
const recordingUrl = v.pipe(
  text,
  v.check(
    (value) => value.startsWith("https://") && isSafeUrl(value) && value.includes("%s"),
    "must be an https:// URL with %s, which HubSpot replaces with hs_call_external_id",
  ),
);

export const properties = v.pipe(
  anyObject,
  v.rawCheck(({ dataset, addIssue }) => {
    if (!dataset.typed) return;
    for (const [key, value] of Object.entries(dataset.value)) {
      if (/^[a-z][a-z0-9_]*$/.test(key) && !["constructor", "prototype"].includes(key)) continue;
      const message =
        "is not a valid property name; start with a lowercase letter, and use only lowercase letters, digits and _";
      addIssue({ message, path: [{ type: "object", origin: "key", input: { ...dataset.value }, key, value }] });
    }
  }),
  v.record(v.string(), v.string("must be a string")),
);

/**
 * An app's settings. The newest OpenAPI description requires all nine fields; older descriptions and the simulator require
 * only `name` and `url`. HubSpot documents the defaults of `isReady`, `supportsInboundCalling` and `usesCallingWindow`. The
 * other defaults are our choice.
 */
export const calling = {
  name: text,
  url,
  width: v.optional(int32, 400),
  height: v.optional(int32, 600),
  isReady: v.optional(boolean, true),
  supportsCustomObjects: v.optional(boolean, false),
  supportsInboundCalling: v.optional(boolean, false),
  usesCallingWindow: v.optional(boolean, true),
  usesRemote: v.optional(boolean, false),
};

export const channelConnection = { url, isReady: boolean };

export const recording = { urlToRetrieveAuthedRecording: recordingUrl };

export const recordingReady = object({ engagementId: int64 });

const formattedPhoneNumber = object({
  e164Number: v.pipe(text, v.regex(e164, "must be in E.164: +, country code and number, for example +12025550100")),
  phoneNumberType: oneOf(phoneNumberTypes),
  extension: v.exactOptional(v.string("must be a string")),
});

export const inboundCall = object({
  createEngagement: boolean,
  engagementProperties: properties,
  externalCallId: text,
  finalCallStatus: oneOf(finalCallStatuses),
  fromNumber: formattedPhoneNumber,
  toNumber: formattedPhoneNumber,
  potentialRecipientUserIds: v.array(int32, "must be a list"),
  callStartedTimestamp: v.exactOptional(
    v.pipe(v.string("must be a string"), v.check(isTime, "must be an ISO 8601 time, for example 2026-03-31T12:00:00Z")),
  ),
  durationSeconds: v.exactOptional(
    v.pipe(
      whole,
      v.minValue(0, "must be from 0 to 2147483647"),
      v.maxValue(2 ** 31 - 1, "must be from 0 to 2147483647"),
    ),
  ),
  userId: v.exactOptional(int32),
});

export const callUpdate = object({ properties });

const association = object({
  to: object({
    id: v.pipe(
      v.union([v.number(), v.string()], "must be the id of a record"),
      v.check((id) => /^\d+$/.test(`${id}`), "must be the id of a record"),
    ),
  }),
  types: v.pipe(
    v.array(
      object({
        associationCategory: oneOf(["HUBSPOT_DEFINED"]),
        associationTypeId: v.picklist(
          Object.values(callAssociations).map(({ associationTypeId }) => associationTypeId),
          "must be 194 for a contact, 182 for a company or 220 for a ticket",
        ),
      }),
      "must be a list",
    ),
    v.minLength(1, "must not be empty"),
  ),
});

/**
 * HubSpot's documentation requires only `hs_timestamp`. Our choice: this schema rejects association labels and
 * associations with deals, because the simulator does not support them.
 */
export const callCreate = object({
  properties: v.pipe(
    properties,
    v.forward(
      v.check(
        ({ hs_timestamp = "" }) => /^\d{1,15}$/.test(hs_timestamp) || isTime(hs_timestamp),
        "must be a Unix time in milliseconds or an ISO 8601 time, for example 2026-03-31T12:00:00Z",
      ),
      ["hs_timestamp"],
    ),
    v.forward(
      v.check(
        ({ hs_call_direction = "" }) => ["", "INBOUND", "OUTBOUND"].includes(hs_call_direction),
        "must be one of INBOUND, OUTBOUND",
      ),
      ["hs_call_direction"],
    ),
  ),
  /** The call appears on the timeline of the first associated record. */
  associations: v.exactOptional(v.array(association, "must be a list")),
});

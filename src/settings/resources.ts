// The resources of the settings command, with their paths, actions and fields.
// Source: HubSpot's OpenAPI descriptions of calling extensions, and HubSpot's pages on the calls and associations APIs.
import { finalCallStatuses, phoneNumberTypes } from "../http/inbound-call.ts";
import { isSafeUrl } from "../http/loopback.ts";
import { callAssociations, callingPath, callsPath, type Version } from "../http/paths.ts";
import { isTime } from "../http/schema.ts";
import { e164 } from "../protocol/e164.ts";

/** For app settings, HubSpot documents only the developer key in these versions. In all others, it also documents tokens. */
export const versionsWithoutToken: readonly Version[] = ["2025-09", "2026-09"];

export type Action = "get" | "create" | "update" | "delete" | "ready";
export type Value = string | number | boolean | number[];

/** Values that the action `create` sends for omitted fields: from package.json, the environment and the clock. */
export interface Defaults {
  name?: string | undefined;
  url?: string | undefined;
  webhookUrl?: string | undefined;
  now: string;
}

export interface Endpoint {
  /** The owner of the data, which determines the id in the path and the key for the request. */
  belongsTo: "app" | "call" | "account";
  /** `id` is the id of the app or an existing call. */
  path: (version: Version, id?: string) => string;
  fields: Record<string, Field>;
  /** Whether the endpoint also accepts call properties that `fields` does not list. */
  acceptsProperties?: true;
  /** Returns the request body. Default: the fields themselves. */
  toBody?: (fields: Record<string, Value>, associations: readonly unknown[]) => Record<string, unknown>;
}

export interface Resource extends Endpoint {
  meaning: string;
  actions: Action[];
  /** The record types that a new call can belong to. */
  records?: typeof callAssociations;
  /** The endpoint for the action `ready`. All other actions use the resource's own endpoint. */
  ready?: Endpoint;
}

export const endpointOf = (resource: Resource, action: Action): Endpoint =>
  (action === "ready" && resource.ready) || resource;

export interface Field {
  kind: Kind;
  meaning: string;
  /** Returns the value that `create` sends for an omitted field. Without it, the field is required unless `optional` is true. */
  defaultValue?: (defaults: Defaults) => string | undefined;
  optional?: boolean;
}

interface Kind {
  expects: string;
  accepts: (text: string) => boolean;
  /** Returns the value to send. Default: the text itself. */
  parse?: (text: string) => Value;
}

const isHttps = (text: string) => text.startsWith("https://") && isSafeUrl(text);

const filled: Kind = { expects: "non-blank text", accepts: (text) => text.trim() !== "" };
const url: Kind = { expects: "an https URL, or an http URL on this machine", accepts: isSafeUrl };
const boolean: Kind = {
  expects: "true or false",
  accepts: (text) => text === "true" || text === "false",
  parse: (text) => text === "true",
};
const pixels: Kind = {
  expects: "a whole number of pixels, from 1 to 2147483647",
  accepts: (text) => /^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31,
  parse: Number,
};
const recordingUrl: Kind = {
  expects: "an https URL with %s, which HubSpot replaces with the call's hs_call_external_id",
  accepts: (text) => isHttps(text) && text.includes("%s"),
};
const oneOf = (names: readonly string[]): Kind => {
  return { expects: `one of ${names.join(", ")}`, accepts: (text) => names.includes(text) };
};
/** JavaScript does not represent every integer above MAX_SAFE_INTEGER exactly. */
const isWhole = (text: string, max = Number.MAX_SAFE_INTEGER) => isDigits(text) && Number(text) <= max;
const id: Kind = {
  expects: "a positive whole number",
  accepts: (text) => isWhole(text) && Number(text) > 0,
  parse: Number,
};
const ids: Kind = {
  expects: "user ids, separated by commas",
  accepts: (text) => text.split(",").every(id.accepts),
  parse: (text) => text.split(",").map(Number),
};
const seconds: Kind = {
  expects: "a whole number of seconds",
  accepts: (text) => isWhole(text, 2 ** 31 - 1),
  parse: Number,
};
const time: Kind = { expects: "a time such as 2026-03-31T12:00:00Z", accepts: isTime };
const phoneNumber: Kind = {
  expects: "an E.164 number: +, country code and number, such as +12025550100",
  accepts: (text) => e164.test(text),
};
const phoneNumberType = oneOf(phoneNumberTypes);

// HubSpot stores call properties as strings. An empty string clears a property.
const property = (meaning: string, expects = "any text", accepts: Kind["accepts"] = () => true): Field => {
  return { kind: { expects, accepts: (text) => text === "" || accepts(text) }, meaning, optional: true };
};
export const otherProperty = property("another property of the call");

export const isDigits = (text: string) => /^\d+$/.test(text);
const isTimestamp = (text: string) => isDigits(text) || isTime(text);

const settings = (rest: string): Resource["path"] => {
  return (version, appId) => `${callingPath(version)}/${appId}/settings${rest}`;
};

export const resources = new Map<string, Resource>(
  Object.entries({
    calling: {
      meaning: "the app's entry in the list of calling providers",
      belongsTo: "app",
      path: settings(""),
      actions: ["get", "create", "update", "delete"],
      fields: {
        name: { kind: filled, meaning: "name in the list of providers", defaultValue: ({ name }) => name },
        url: { kind: url, meaning: "the page that HubSpot loads", defaultValue: ({ url }) => url },
        width: { kind: pixels, meaning: "width of the iframe", defaultValue: () => "400" },
        height: { kind: pixels, meaning: "height of the iframe", defaultValue: () => "600" },
        isReady: { kind: boolean, meaning: "whether users can select the app", defaultValue: () => "false" },
        supportsCustomObjects: {
          kind: boolean,
          meaning: "whether users can call from custom object records",
          defaultValue: () => "true",
        },
        supportsInboundCalling: {
          kind: boolean,
          meaning: "whether the app supports inbound calls, with a remote and a calling window",
          defaultValue: () => "false",
        },
        usesCallingWindow: {
          kind: boolean,
          meaning: "whether the calling window, not the remote, sends the messages",
          defaultValue: () => "true",
        },
        usesRemote: { kind: boolean, meaning: "not documented by HubSpot", defaultValue: () => "false" },
      },
    },
    "channel-connection": {
      meaning: "the webhook that lists a user's phone numbers for the help desk",
      belongsTo: "app",
      path: settings("/channel-connection"),
      actions: ["get", "create", "update", "delete"],
      fields: {
        url: { kind: url, meaning: "URL of the webhook", defaultValue: ({ webhookUrl }) => webhookUrl },
        isReady: {
          kind: boolean,
          meaning: "whether users can select the app for the help desk",
          defaultValue: () => "false",
        },
      },
    },
    recording: {
      meaning: "the endpoint from which HubSpot requests call recordings",
      belongsTo: "app",
      path: settings("/recording"),
      actions: ["get", "create", "update", "ready"],
      fields: { urlToRetrieveAuthedRecording: { kind: recordingUrl, meaning: "URL of the endpoint" } },
      ready: {
        belongsTo: "account",
        path: (version) => `${callingPath(version)}/recordings/ready`,
        fields: { engagementId: { kind: id, meaning: "engagement id of the call whose recording is ready" } },
      },
    },
    call: {
      meaning: "a call on a record's timeline; ID is the call's engagement id",
      belongsTo: "call",
      path: (version, callId) => callsPath(version) + (callId === undefined ? "" : `/${callId}`),
      actions: ["get", "create", "update"],
      acceptsProperties: true,
      records: callAssociations,
      toBody: (properties, associations) => ({ properties, ...(associations.length > 0 ? { associations } : {}) }),
      fields: {
        hs_call_title: property("title"),
        hs_call_body: property("notes"),
        hs_timestamp: {
          ...property("start", "a Unix time in milliseconds, or a time such as 2026-03-31T12:00:00Z", isTimestamp),
          defaultValue: ({ now }) => now,
        },
        hs_call_direction: property("direction, as the HubSpot user sees it", "INBOUND or OUTBOUND", (text) =>
          /^(IN|OUT)BOUND$/.test(text),
        ),
        hs_call_duration: property("duration", "a whole number of milliseconds", isDigits),
        hs_call_from_number: property("caller's number"),
        hs_call_to_number: property("called number"),
        hs_call_status: property("status, such as COMPLETED, BUSY or NO_ANSWER"),
        hs_call_recording_url: property("recording's URL", "an https URL", isHttps),
        hubspot_owner_id: property("id of the call's owner", "digits", isDigits),
      },
    },
    "inbound-call": {
      meaning: "an inbound call that ended outside HubSpot; create prints the records that have the caller's number",
      belongsTo: "account",
      path: (version) => `${callingPath(version)}/inbound-call`,
      actions: ["create"],
      acceptsProperties: true,
      toBody: inboundCallBody,
      fields: {
        externalCallId: { kind: filled, meaning: "your app's id for the call" },
        finalCallStatus: { kind: oneOf(finalCallStatuses), meaning: "status" },
        fromNumber: { kind: phoneNumber, meaning: "caller's number" },
        fromNumberType: {
          kind: phoneNumberType,
          meaning: "type of the caller's number",
          defaultValue: () => "UNKNOWN",
        },
        fromNumberExtension: { kind: filled, meaning: "extension of the caller's number", optional: true },
        toNumber: { kind: phoneNumber, meaning: "called number" },
        toNumberType: { kind: phoneNumberType, meaning: "type of the called number", defaultValue: () => "UNKNOWN" },
        toNumberExtension: { kind: filled, meaning: "extension of the called number", optional: true },
        createEngagement: {
          kind: boolean,
          meaning: "whether HubSpot puts the call on the timeline",
          defaultValue: () => "true",
        },
        callStartedTimestamp: { kind: time, meaning: "start", optional: true },
        durationSeconds: { kind: seconds, meaning: "duration", optional: true },
        userId: { kind: id, meaning: "user who took the call", optional: true },
        potentialRecipientUserIds: { kind: ids, meaning: "users who could take the call", optional: true },
      },
    },
  }),
);

/** HubSpot requires `potentialRecipientUserIds` and `engagementProperties`, even if they are empty. */
function inboundCallBody(fields: Record<string, Value>): Record<string, unknown> {
  const { fromNumber, fromNumberType, fromNumberExtension, toNumber, toNumberType, toNumberExtension, ...rest } =
    fields;
  const numberOf = (
    e164Number: Value | undefined,
    phoneNumberType: Value | undefined,
    extension: Value | undefined,
  ) => {
    return { e164Number, phoneNumberType, ...(extension === undefined ? {} : { extension }) };
  };
  const isProperty = ([name]: [string, Value]) => name.startsWith("hs_");
  const entries = Object.entries(rest);
  return {
    potentialRecipientUserIds: [],
    ...Object.fromEntries(entries.filter((entry) => !isProperty(entry))),
    fromNumber: numberOf(fromNumber, fromNumberType, fromNumberExtension),
    toNumber: numberOf(toNumber, toNumberType, toNumberExtension),
    engagementProperties: Object.fromEntries(entries.filter(isProperty)),
  };
}

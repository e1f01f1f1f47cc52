// The resources of the settings command, with their paths, actions and fields.
// Source: HubSpot's OpenAPI descriptions of calling extensions, and its pages on the calls and associations APIs.
import { isSafeUrl } from "../http/loopback.ts";
import { callAssociations, callingPath, callsPath, type Version } from "../http/paths.ts";
import { isTime } from "../http/schema.ts";

/** For app settings, these versions document only the developer key. Other versions also document an access token. */
export const versionsWithoutToken: readonly Version[] = ["2025-09", "2026-09"];

export type Action = "get" | "create" | "update" | "delete";
export type Value = string | number | boolean;

/** The values that create sends for omitted fields, from package.json, the environment and the clock. */
export interface Defaults {
  name?: string | undefined;
  url?: string | undefined;
  webhookUrl?: string | undefined;
  now: string;
}

export interface Resource {
  meaning: string;
  belongsTo: "app" | "call";
  /** `id` is the id of the app or of an existing call. */
  path: (version: Version, id?: string) => string;
  actions: Action[];
  fields: Record<string, Field>;
  /** The record types that a new call can belong to. */
  records?: typeof callAssociations;
}

export interface Field {
  kind: Kind;
  meaning: string;
  /** The value that create sends for an omitted field. Without it, create requires the field, unless `optional` is true. */
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

const filled: Kind = { expects: "text that is not blank", accepts: (text) => text.trim() !== "" };
const url: Kind = { expects: "an https URL, or an http URL on this machine", accepts: isSafeUrl };
const boolean: Kind = {
  expects: "true or false",
  accepts: (text) => text === "true" || text === "false",
  parse: (text) => text === "true",
};
const pixels: Kind = {
  expects: "a whole number of pixels, 1 to 2147483647",
  accepts: (text) => /^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31,
  parse: Number,
};
const recordingUrl: Kind = {
  expects: "an https URL with %s, which HubSpot replaces with hs_call_external_id",
  accepts: (text) => isHttps(text) && text.includes("%s"),
};

// HubSpot stores the properties of a call as text. An empty text clears the property.
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
          meaning: "whether users can call custom objects",
          defaultValue: () => "true",
        },
        supportsInboundCalling: {
          kind: boolean,
          meaning: "whether the app supports inbound calls, in the remote and the calling window",
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
        isReady: { kind: boolean, meaning: "whether users can select the app", defaultValue: () => "false" },
      },
    },
    recording: {
      meaning: "the endpoint from which HubSpot gets call recordings",
      belongsTo: "app",
      path: settings("/recording"),
      actions: ["get", "create", "update"],
      fields: { urlToRetrieveAuthedRecording: { kind: recordingUrl, meaning: "URL of the endpoint" } },
    },
    call: {
      meaning: "a call on a record's timeline; ID is its engagement id",
      belongsTo: "call",
      path: (version, callId) => callsPath(version) + (callId === undefined ? "" : `/${callId}`),
      actions: ["get", "create", "update"],
      records: callAssociations,
      fields: {
        hs_call_title: property("title"),
        hs_call_body: property("notes"),
        hs_timestamp: {
          ...property("start", "milliseconds since 1970, or a time such as 2026-03-31T12:00:00Z", isTimestamp),
          defaultValue: ({ now }) => now,
        },
        hs_call_direction: property("direction, as the HubSpot user sees it", "INBOUND or OUTBOUND", (text) =>
          /^(IN|OUT)BOUND$/.test(text),
        ),
        hs_call_duration: property("duration", "whole milliseconds", isDigits),
        hs_call_from_number: property("number of the caller"),
        hs_call_to_number: property("number that was called"),
        hs_call_status: property("status, such as COMPLETED, BUSY or NO_ANSWER"),
        hs_call_recording_url: property("URL of the recording", "an https URL", isHttps),
        hubspot_owner_id: property("id of the call's owner", "digits", isDigits),
      },
    },
  }),
);

// The resources of the settings command, with their paths, actions and fields.
// Source: HubSpot's OpenAPI descriptions of calling extensions, and its pages on the calls and associations APIs.
import { isSafeUrl } from "../http/loopback.ts";
import { callAssociations, callingPath, callsPath, type Version } from "../http/paths.ts";
import { isTime } from "../http/schema.ts";

/** For the app's settings, these versions document only the developer's key; the others also an access token. */
export const versionsWithoutToken: readonly Version[] = ["2025-09", "2026-09"];

export type Action = "get" | "create" | "update" | "delete";
export type Value = string | number | boolean;

/** The values, from the project and the clock, that create sends for fields that are not given. */
export interface Defaults {
  name?: string | undefined;
  url?: string | undefined;
  webhookUrl?: string | undefined;
  now: string;
}

export interface Resource {
  meaning: string;
  belongsTo: "app" | "call";
  /** `id` is that of the app or of the call; a new call has none. */
  path: (version: Version, id?: string) => string;
  actions: Action[];
  fields: Record<string, Field>;
  /** The types of records that a new call can be associated with. */
  records?: typeof callAssociations;
}

export interface Field {
  kind: Kind;
  meaning: string;
  /** For create, if the field is not given. Without a default value, create requires the field, unless it is optional. */
  defaultValue?: (defaults: Defaults) => string | undefined;
  optional?: boolean;
}

interface Kind {
  expects: string;
  accepts: (text: string) => boolean;
  /** The value to send; the default is the text. */
  parse?: (text: string) => Value;
}

const isHttps = (text: string) => text.startsWith("https://") && isSafeUrl(text);

const filled: Kind = { expects: "a text that is not blank", accepts: (text) => text.trim() !== "" };
const url: Kind = { expects: "an https URL, or an http URL of this machine", accepts: isSafeUrl };
const boolean: Kind = {
  expects: "true or false",
  accepts: (text) => text === "true" || text === "false",
  parse: (text) => text === "true",
};
const pixels: Kind = {
  expects: "whole pixels, 1 to 2147483647",
  accepts: (text) => /^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31,
  parse: Number,
};
const recordingUrl: Kind = {
  expects: "an https URL with %s, which HubSpot replaces by hs_call_external_id",
  accepts: (text) => isHttps(text) && text.includes("%s"),
};

// The properties of a call are texts. An empty text clears the property.
const property = (meaning: string, expects = "any text", accepts: Kind["accepts"] = () => true): Field => {
  return { kind: { expects, accepts: (text) => text === "" || accepts(text) }, meaning, optional: true };
};
export const otherProperty = property("any other property");

export const isDigits = (text: string) => /^\d+$/.test(text);
const isTimestamp = (text: string) => isDigits(text) || isTime(text);

const settings = (rest: string): Resource["path"] => {
  return (version, appId) => `${callingPath(version)}/${appId}/settings${rest}`;
};

export const resources = new Map<string, Resource>(
  Object.entries({
    calling: {
      meaning: "the app in the list of calling providers",
      belongsTo: "app",
      path: settings(""),
      actions: ["get", "create", "update", "delete"],
      fields: {
        name: { kind: filled, meaning: "in the list of providers", defaultValue: ({ name }) => name },
        url: { kind: url, meaning: "the page that HubSpot frames", defaultValue: ({ url }) => url },
        width: { kind: pixels, meaning: "of the frame", defaultValue: () => "400" },
        height: { kind: pixels, meaning: "of the frame", defaultValue: () => "600" },
        isReady: { kind: boolean, meaning: "whether users may select the app", defaultValue: () => "false" },
        supportsCustomObjects: { kind: boolean, meaning: "calls to custom objects too", defaultValue: () => "true" },
        supportsInboundCalling: {
          kind: boolean,
          meaning: "remote and window, in place of the widget",
          defaultValue: () => "false",
        },
        usesCallingWindow: { kind: boolean, meaning: "the window speaks, not the remote", defaultValue: () => "true" },
        usesRemote: { kind: boolean, meaning: "HubSpot does not say what it changes", defaultValue: () => "false" },
      },
    },
    "channel-connection": {
      meaning: "the webhook that tells the help desk which numbers can be connected",
      belongsTo: "app",
      path: settings("/channel-connection"),
      actions: ["get", "create", "update", "delete"],
      fields: {
        url: { kind: url, meaning: "the webhook", defaultValue: ({ webhookUrl }) => webhookUrl },
        isReady: { kind: boolean, meaning: "whether users may select the app", defaultValue: () => "false" },
      },
    },
    recording: {
      meaning: "where HubSpot asks for the recording of a call",
      belongsTo: "app",
      path: settings("/recording"),
      actions: ["get", "create", "update"],
      fields: { urlToRetrieveAuthedRecording: { kind: recordingUrl, meaning: "your endpoint" } },
    },
    call: {
      meaning: "one call on a record's timeline, by its engagement id",
      belongsTo: "call",
      path: (version, callId) => callsPath(version) + (callId === undefined ? "" : `/${callId}`),
      actions: ["get", "create", "update"],
      records: callAssociations,
      fields: {
        hs_call_title: property("title"),
        hs_call_body: property("notes"),
        hs_timestamp: {
          ...property("begin", "milliseconds since 1970, or a time as 2026-03-31T12:00:00Z", isTimestamp),
          defaultValue: ({ now }) => now,
        },
        hs_call_direction: property("for the HubSpot user", "INBOUND or OUTBOUND", (text) =>
          /^(IN|OUT)BOUND$/.test(text),
        ),
        hs_call_duration: property("length", "whole milliseconds", isDigits),
        hs_call_from_number: property("who called"),
        hs_call_to_number: property("who was called"),
        hs_call_status: property("COMPLETED, BUSY, NO_ANSWER and so on"),
        hs_call_recording_url: property("the recording", "an https URL", isHttps),
        hubspot_owner_id: property("whose call it was", "digits", isDigits),
      },
    },
  }),
);

// What can be set up at HubSpot: each resource with its paths, actions and fields.
// Paths and fields: HubSpot's OpenAPI descriptions of calling extensions, and its pages on the calls and associations APIs.
import { isSafeUrl } from "../http/loopback.ts";
import { callAssociations, callingPath, callsPath, type Version } from "../http/paths.ts";

/** The descriptions of these name the developer's key alone for the app's settings; the others, or the pages, a token too. */
export const withoutToken: readonly Version[] = ["2025-09", "2026-09"];

export type Action = "get" | "create" | "update" | "delete";
export type Value = string | number | boolean;

/** What create sends for fields that are not given, from the project and the clock. */
export interface Initial {
  name?: string | undefined;
  url?: string | undefined;
  webhookUrl?: string | undefined;
  now: string;
}

export interface Resource {
  meaning: string;
  belongsTo: "app" | "call";
  /** `id` is that of the app, or of the call; there is none where a call is created. */
  path: (version: Version, id?: string) => string;
  actions: Action[];
  fields: Record<string, Field>;
  /** The records that create can put it on. */
  records?: typeof callAssociations;
}

export interface Field {
  kind: Kind;
  meaning: string;
  /** What create sends where nothing is given; without it, create needs the field, if it is not optional. */
  initial?: (from: Initial) => string | undefined;
  optional?: boolean;
}

interface Kind {
  expects: string;
  takes: (text: string) => boolean;
  /** What is sent; the text itself if absent. */
  value?: (text: string) => Value;
}

const isHttps = (text: string) => text.startsWith("https://") && isSafeUrl(text);

const filled: Kind = { expects: "a text that is not blank", takes: (text) => text.trim() !== "" };
const url: Kind = { expects: "an https URL, or an http URL of this machine", takes: isSafeUrl };
const boolean: Kind = {
  expects: "true or false",
  takes: (text) => text === "true" || text === "false",
  value: (text) => text === "true",
};
const pixels: Kind = {
  expects: "whole pixels, 1 to 2147483647",
  takes: (text) => /^[1-9]\d{0,9}$/.test(text) && Number(text) < 2 ** 31,
  value: Number,
};
const recordingUrl: Kind = {
  expects: "an https URL with %s, which HubSpot replaces by hs_call_external_id",
  takes: (text) => isHttps(text) && text.includes("%s"),
};

// Of a call every property is text, and an empty one clears it.
const property = (meaning: string, expects = "any text", takes: Kind["takes"] = () => true): Field => {
  return { kind: { expects, takes: (text) => text === "" || takes(text) }, meaning, optional: true };
};
export const otherProperty = property("any other property");

export const isDigits = (text: string) => /^\d+$/.test(text);
const isTime = (text: string) => isDigits(text) || (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)));

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
        name: { kind: filled, meaning: "in the list of providers", initial: ({ name }) => name },
        url: { kind: url, meaning: "the page that HubSpot frames", initial: ({ url }) => url },
        width: { kind: pixels, meaning: "of the frame", initial: () => "400" },
        height: { kind: pixels, meaning: "of the frame", initial: () => "600" },
        isReady: { kind: boolean, meaning: "whether users may select the app", initial: () => "false" },
        supportsCustomObjects: { kind: boolean, meaning: "calls to custom objects too", initial: () => "true" },
        supportsInboundCalling: {
          kind: boolean,
          meaning: "remote and window, in place of the widget",
          initial: () => "false",
        },
        usesCallingWindow: { kind: boolean, meaning: "the window speaks, not the remote", initial: () => "true" },
        usesRemote: { kind: boolean, meaning: "HubSpot does not say what it changes", initial: () => "false" },
      },
    },
    "channel-connection": {
      meaning: "the webhook that tells the help desk which numbers can be connected",
      belongsTo: "app",
      path: settings("/channel-connection"),
      actions: ["get", "create", "update", "delete"],
      fields: {
        url: { kind: url, meaning: "the webhook", initial: ({ webhookUrl }) => webhookUrl },
        isReady: { kind: boolean, meaning: "whether users may select the app", initial: () => "false" },
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
          ...property("begin", "milliseconds since 1970, or a time as 2026-03-31T12:00:00Z", isTime),
          initial: ({ now }) => now,
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

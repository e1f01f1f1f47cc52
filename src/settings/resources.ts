// What can be set up at HubSpot: each resource with its path, actions and fields, and the command line they make.
// Paths and fields: HubSpot's OpenAPI description of calling extensions, 2026-03, and its page on the calls API.
import { parseArgs } from "node:util";
import { isSafeUrl } from "../protocol/loopback.ts";

/** The command line or the environment is wrong; the message names what, and says what to write. */
export class UsageError extends Error {}

export type Version = "2026-03" | "v3";
export type Action = "get" | "create" | "update" | "delete";
export type Value = string | number | boolean;

/** What create takes from the project for fields that are not given. */
export interface Project {
  name?: string | undefined;
  url?: string | undefined;
  webhookUrl?: string | undefined;
}

export interface Command {
  resource: Resource;
  action: Action;
  /** HubSpot's id for the call; absent for what belongs to the app. */
  callId: string | undefined;
  version: Version;
  fields: Record<string, Value>;
  dryRun: boolean;
  /** For one answer, in whole milliseconds. */
  timeout: number;
}

export interface Resource {
  meaning: string;
  belongsTo: "app" | "call";
  /** `id` is that of the call, or else of the app. */
  path: (version: Version, id: string) => string;
  actions: Action[];
  fields: Record<string, Field>;
}

interface Field {
  kind: Kind;
  meaning: string;
  /** What create sends where nothing is given. */
  initial?: (project: Project) => string | undefined;
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
  return { kind: { expects, takes: (text) => text === "" || takes(text) }, meaning };
};
const isDigits = (text: string) => /^\d+$/.test(text);
const isTime = (text: string) => isDigits(text) || (/^\d{4}-\d\d-\d\dT/.test(text) && !Number.isNaN(Date.parse(text)));

const settings = (rest: string) => (version: Version, appId: string) => {
  const calling = version === "v3" ? "/crm/v3/extensions/calling" : `/crm/extensions/calling/${version}`;
  return `${calling}/${appId}/settings${rest}`;
};

const resources = new Map<string, Resource>(
  Object.entries({
    calling: {
      meaning: "the app in the list of calling providers",
      belongsTo: "app",
      path: settings(""),
      actions: ["get", "create", "update", "delete"],
      fields: {
        name: { kind: filled, meaning: "in the list of providers", initial: (project) => project.name },
        url: { kind: url, meaning: "the page that HubSpot frames", initial: (project) => project.url },
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
        url: { kind: url, meaning: "the webhook", initial: (project) => project.webhookUrl },
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
      meaning: "one call on a record's timeline, by its engagement id; other hs_* properties are taken too",
      belongsTo: "call",
      path: (version, callId) => `/crm/${version === "v3" ? "v3/objects" : "objects/2026-03"}/calls/${callId}`,
      actions: ["get", "update"],
      fields: {
        hs_call_title: property("title"),
        hs_call_body: property("notes"),
        hs_timestamp: property("begin", "milliseconds since 1970, or a time as 2026-03-31T12:00:00Z", isTime),
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
const otherProperty = property("any other property");

const general = ["api", "timeout", "dry-run", "help"];

/** The text of --help. */
export const usage = `npm run settings -- RESOURCE ACTION [--field value]…
npm run settings -- call ID ACTION [--property value]…
In ( ) is what create sends, or what is taken, where nothing is given.

${[...resources].map(describe).join("\n\n")}

With every resource:
  --dry-run                      print the requests as curl lines, with the key masked, and send nothing
  --api                          version of the paths, 2026-03 or v3 (2026-03)
  --timeout                      seconds to wait for an answer (10)
  --help                         print this

From the environment, or else from a file named .env:
  HUBSPOT_APP_ID                 the app's id, on the app's page in your developer account
  HUBSPOT_DEVELOPER_API_KEY      sent as hapikey; in your developer account, under Keys
  HUBSPOT_ACCESS_TOKEN           sent as Bearer; where both are set, call takes the token and the others the key
  HUBSPOT_API_URL                another server (https://api.hubapi.com)
  WEBHOOK_URL                    what channel-connection create registers (webhook, beside package.json's homepage)

The answer's JSON goes to stdout. Exit code 0: done, 1: refused or not reached, 2: wrong usage.
`;

function describe([name, { meaning, actions, fields }]: [string, Resource]): string {
  const from = { name: "package.json's name", url: "package.json's homepage", webhookUrl: "WEBHOOK_URL" };
  const lines = Object.entries(fields).map(([field, { kind, meaning, initial }]) => {
    const created = initial?.(from);
    return `  --${field.padEnd(28)} ${meaning}; ${kind.expects}${created ? ` (${created})` : ""}`;
  });
  return [`${name} ${actions.join("|")}: ${meaning}`, ...lines].join("\n");
}

/** Reads and checks a command line; nothing, if it asks for help. Throws UsageError. */
export function readCommand(args: string[], project: Project): Command | undefined {
  const { flags, words } = split(args);
  if (flags.has("help")) return undefined;

  const [resourceName = "", ...rest] = words;
  const resource = resources.get(resourceName);
  if (!resource) throw new UsageError(`RESOURCE: "${resourceName}" is none; write ${[...resources.keys()].join(", ")}`);
  const callId = resource.belongsTo === "call" ? (rest.shift() ?? "") : undefined;
  if (callId !== undefined && !isDigits(callId))
    throw new UsageError(`ID: "${callId}" is none; write the call's number`);
  const [actionName = "", tooMany] = rest;
  const action = resource.actions.find((action) => action === actionName);
  if (!action) throw new UsageError(`ACTION: "${actionName}" is none; write ${resource.actions.join(", ")}`);
  if (tooMany !== undefined) throw new UsageError(`"${tooMany}" is one word too many; put text with spaces in quotes`);

  const version = flags.get("api") ?? "2026-03";
  if (version !== "2026-03" && version !== "v3")
    throw new UsageError(`--api: "${version}" is none; write 2026-03 or v3`);
  const timeout = Math.round(Number(flags.get("timeout") ?? 10) * 1000);
  if (!(timeout >= 1 && timeout <= 600_000)) throw new UsageError("--timeout: write seconds, at most 600");
  const dryRun = flags.has("dry-run");

  for (const flag of general) flags.delete(flag);
  const fields = readFields(resource, action, flags, project);
  return { resource, action, callId, version, fields, dryRun, timeout };
}

function split(args: string[]): { flags: Map<string, string>; words: string[] } {
  const properties = args.flatMap((arg) => /^--(hs_\w+)/.exec(arg)?.[1] ?? []);
  const names = [...resources.values()].flatMap(({ fields }) => Object.keys(fields));
  const text: { type: "string" } = { type: "string" };
  const flag: { type: "boolean" } = { type: "boolean" };
  const options = Object.fromEntries([...general, ...names, ...properties].map((name) => [name, text]));
  try {
    const { tokens, positionals } = parseArgs({
      args,
      options: { ...options, "dry-run": flag, help: flag },
      allowPositionals: true,
      tokens: true,
    });
    const flags = new Map<string, string>();
    for (const token of tokens) {
      if (token.kind !== "option") continue;
      if (flags.has(token.name)) throw new UsageError(`--${token.name}: is given twice`);
      flags.set(token.name, token.value ?? "");
    }
    return { flags, words: positionals };
  } catch (error) {
    if (error instanceof UsageError || !(error instanceof Error)) throw error;
    const known = resources.get(args.find((arg) => resources.has(arg)) ?? "");
    throw new UsageError(`${error.message.replace(/\. To specify.*/s, "")}; known: ${listFlags(known)}`);
  }
}

const listFlags = (resource?: Resource) => {
  const fields = [...(resource ? [resource] : resources.values())].flatMap(({ fields }) => Object.keys(fields));
  return [...new Set([...fields, ...general])].map((flag) => `--${flag}`).join(" ");
};

function readFields(resource: Resource, action: Action, flags: Map<string, string>, project: Project) {
  const texts = new Map(flags);
  if (action === "create") {
    for (const [name, { initial }] of Object.entries(resource.fields)) {
      const text = flags.get(name) ?? initial?.(project);
      if (text === undefined) throw new UsageError(`--${name}: is missing; create needs it`);
      texts.set(name, text);
    }
  }
  if (action === "update" && texts.size === 0) throw new UsageError(`update: of what? Known: ${listFlags(resource)}`);

  const read: Record<string, Value> = {};
  for (const [name, text] of texts) {
    const field = new Map(Object.entries(resource.fields)).get(name);
    const { kind } = field ?? (resource.belongsTo === "call" ? otherProperty : {});
    if (!kind) throw new UsageError(`--${name}: is not known here; known: ${listFlags(resource)}`);
    if (action === "get" || action === "delete") throw new UsageError(`--${name}: ${action} takes no fields`);
    if (!kind.takes(text)) throw new UsageError(`--${name}: "${text}" is wrong; write ${kind.expects}`);
    read[name] = kind.value?.(text) ?? text;
  }
  return read;
}

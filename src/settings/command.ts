// Validates the command line's arguments and options, and creates a Command.
import { type Version, versions } from "../http/paths.ts";
import { UsageError } from "../node/usage-error.ts";
import {
  type Action,
  type Defaults,
  type Endpoint,
  endpointOf,
  isDigits,
  otherProperty,
  type Resource,
  type Value,
} from "./resources.ts";

export interface Command {
  endpoint: Endpoint;
  action: Action;
  version: Version;
  /** The engagement id of an existing call. */
  callId: string | undefined;
  fields: Record<string, Value>;
  /** The records to associate with a new call, in HubSpot's format. */
  associations: Association[];
  dryRun: boolean;
  /** The time limit for each response. */
  timeoutMs: number;
}

interface Association {
  to: { id: string };
  types: [{ associationCategory: "HUBSPOT_DEFINED"; associationTypeId: number }];
}

interface Options {
  /** The options for the resource's fields and for associated records. */
  fields: Record<string, string>;
  api?: string;
  timeout?: string;
  dryRun?: boolean;
}

export const defaultVersion = "2026-03";
export const defaultTimeoutSeconds = "10";

/**
 * @param args the arguments after the resource's name
 * @throws {UsageError}
 */
export function createCommand(resource: Resource, args: string[], options: Options, defaults: Defaults): Command {
  const { api = defaultVersion, timeout = defaultTimeoutSeconds, dryRun = false } = options;
  const version = versions.find((name) => name === api);
  if (!version) throw new UsageError(`--api: unknown version "${api}"; use one of ${versions.join(", ")}`);
  const timeoutMs = Math.round(Number(timeout) * 1000);
  if (!(timeoutMs >= 1 && timeoutMs <= 600_000))
    throw new UsageError(`--timeout: invalid value "${timeout}"; use a number of seconds, at most 600`);

  const { action, callId } = readArguments(resource, args);
  const entries = Object.entries(options.fields);
  const isRecord = ([name]: [string, string]) => Object.hasOwn(resource.records ?? {}, name);
  const texts = Object.fromEntries(entries.filter((entry) => !isRecord(entry)));
  const endpoint = endpointOf(resource, action);
  const fields = readFields(endpoint, action, texts, defaults);
  const associations = entries.filter(isRecord).map(([name, id]) => createAssociation(resource, action, name, id));
  return { endpoint, action, version, callId, fields, associations, dryRun, timeoutMs };
}

/** Reads `ACTION`, or `ID ACTION` for an existing call. */
function readArguments({ belongsTo, actions }: Resource, args: string[]): { action: Action; callId?: string } {
  const hasId = belongsTo === "call" && args[0] !== "create";
  const [callId = "", actionName = "", unexpected] = hasId ? args : ["", ...args];
  if (hasId && !isDigits(callId)) {
    const problem = callId ? `invalid id "${callId}"` : "is missing";
    throw new UsageError(`ID: ${problem}; use the engagement id of a call, or the action create`);
  }
  const allowed = actions.filter((action) => !(hasId && action === "create"));
  const action = allowed.find((action) => action === actionName);
  if (!action) {
    const problem = actionName ? `unknown action "${actionName}"` : "is missing";
    throw new UsageError(`ACTION: ${problem}; use one of ${allowed.join(", ")}`);
  }
  if (unexpected !== undefined) {
    throw new UsageError(`unexpected argument "${unexpected}"; enclose text that contains spaces in quotes`);
  }
  return hasId ? { action, callId } : { action };
}

function createAssociation({ records }: Resource, action: Action, name: string, id: string): Association {
  const associationTypeId = new Map(Object.entries(records ?? {})).get(name)?.associationTypeId;
  if (action !== "create" || associationTypeId === undefined)
    throw new UsageError(`--${name}: works only with create; remove it`);
  if (!isDigits(id)) throw new UsageError(`--${name}: invalid value "${id}"; use the record id of the ${name}`);
  return { to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] };
}

function readFields(endpoint: Endpoint, action: Action, texts: Record<string, string>, defaults: Defaults) {
  const isPost = action === "create" || action === "ready";
  const entries = Object.entries(isPost ? { ...texts, ...defaultTexts(endpoint, action, texts, defaults) } : texts);
  if (action === "update" && entries.length === 0) {
    throw new UsageError(`update: requires at least one field; use one or more of ${optionsOf(endpoint)}`);
  }
  return Object.fromEntries(entries.map(([name, text]) => [name, readField(endpoint, action, name, text)]));
}

const optionsOf = ({ fields }: Endpoint) =>
  Object.keys(fields)
    .map((name) => `--${name}`)
    .join(" ");

function defaultTexts({ fields }: Endpoint, action: Action, texts: Record<string, string>, defaults: Defaults) {
  const missing: Record<string, string> = {};
  for (const [name, { defaultValue, optional }] of Object.entries(fields)) {
    if (texts[name] !== undefined) continue;
    const text = defaultValue?.(defaults);
    if (text !== undefined) missing[name] = text;
    else if (!optional) throw new UsageError(`--${name}: is missing; ${action} requires it`);
  }
  return missing;
}

function readField(endpoint: Endpoint, action: Action, name: string, text: string): Value {
  if (action === "get" || action === "delete")
    throw new UsageError(`--${name}: ${action} accepts no fields; remove it`);
  const field = endpoint.fields[name] ?? (endpoint.acceptsProperties ? otherProperty : undefined);
  if (!field) throw new UsageError(`--${name}: ${action} accepts only ${optionsOf(endpoint)}; remove it`);
  const { kind, defaultValue } = field;
  const isMissing = text === "" && action === "create" && defaultValue !== undefined;
  if (isMissing || !kind.accepts(text)) throw new UsageError(`--${name}: invalid value "${text}"; use ${kind.expects}`);
  return kind.parse?.(text) ?? text;
}

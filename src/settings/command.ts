// What a command line asks for: its values, validated.
import { type Version, versions } from "../http/paths.ts";
import { UsageError } from "../node/usage-error.ts";
import { type Action, type Defaults, isDigits, otherProperty, type Resource, type Value } from "./resources.ts";

export interface Command {
  resource: Resource;
  action: Action;
  version: Version;
  /** HubSpot's id of the call; undefined for the settings of the app, and when a call is created. */
  callId: string | undefined;
  fields: Record<string, Value>;
  /** The records whose timeline shows a new call, in HubSpot's form. */
  associations: Association[];
  dryRun: boolean;
  /** For one response. */
  timeoutMs: number;
}

interface Association {
  to: { id: string };
  types: [{ associationCategory: "HUBSPOT_DEFINED"; associationTypeId: number }];
}

/** The options as they were written. */
interface Options {
  /** Of the resource: its fields and records. */
  fields: Record<string, string>;
  api?: string;
  timeout?: string;
  dryRun?: boolean;
}

export const defaultVersion = "2026-03";
export const defaultTimeoutSeconds = "10";

/**
 * @param words the arguments behind the resource
 * @throws a UsageError in one line
 */
export function createCommand(resource: Resource, words: string[], options: Options, defaults: Defaults): Command {
  const { api = defaultVersion, timeout = defaultTimeoutSeconds, dryRun = false } = options;
  const version = versions.find((name) => name === api);
  if (!version) throw new UsageError(`--api: unknown version "${api}"; use one of ${versions.join(", ")}`);
  const timeoutMs = Math.round(Number(timeout) * 1000);
  if (!(timeoutMs >= 1 && timeoutMs <= 600_000)) throw new UsageError("--timeout: write seconds, at most 600");

  const { action, callId } = readWords(resource, words);
  const entries = Object.entries(options.fields);
  const isRecord = ([name]: [string, string]) => Object.hasOwn(resource.records ?? {}, name);
  const texts = Object.fromEntries(entries.filter((entry) => !isRecord(entry)));
  const fields = readFields(resource, action, texts, defaults);
  const associations = entries.filter(isRecord).map(([name, id]) => createAssociation(resource, action, name, id));
  return { resource, action, version, callId, fields, associations, dryRun, timeoutMs };
}

/** ACTION, or ID ACTION for a call that exists. */
function readWords({ belongsTo, actions }: Resource, words: string[]): { action: Action; callId?: string } {
  const hasId = belongsTo === "call" && words[0] !== "create";
  const [callId = "", actionName = "", unexpected] = hasId ? words : ["", ...words];
  if (hasId && !isDigits(callId)) {
    throw new UsageError(`ID: "${callId}" is not the id of a call; write its number, or create`);
  }
  const allowed = actions.filter((action) => !(hasId && action === "create"));
  const action = allowed.find((action) => action === actionName);
  if (!action) throw new UsageError(`ACTION: unknown action "${actionName}"; use one of ${allowed.join(", ")}`);
  if (unexpected !== undefined) {
    throw new UsageError(`unexpected argument "${unexpected}"; put text with spaces in quotes`);
  }
  return hasId ? { action, callId } : { action };
}

function createAssociation({ records }: Resource, action: Action, name: string, id: string): Association {
  const associationTypeId = new Map(Object.entries(records ?? {})).get(name)?.associationTypeId;
  if (action !== "create" || associationTypeId === undefined)
    throw new UsageError(`--${name}: use it with create only`);
  if (!isDigits(id)) throw new UsageError(`--${name}: "${id}" is wrong; write the ${name}'s number`);
  return { to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] };
}

function readFields(resource: Resource, action: Action, texts: Record<string, string>, defaults: Defaults) {
  const entries = Object.entries(
    action === "create" ? { ...texts, ...missingTexts(resource, texts, defaults) } : texts,
  );
  if (action === "update" && entries.length === 0) {
    const names = Object.keys(resource.fields).map((name) => `--${name}`);
    throw new UsageError(`update: no field is given; use one or more of ${names.join(" ")}`);
  }
  return Object.fromEntries(entries.map(([name, text]) => [name, readField(resource, action, name, text)]));
}

/** The default values of the fields that are not given to create. */
function missingTexts({ fields }: Resource, texts: Record<string, string>, defaults: Defaults): Record<string, string> {
  const missing: Record<string, string> = {};
  for (const [name, { defaultValue, optional }] of Object.entries(fields)) {
    if (texts[name] !== undefined) continue;
    const text = defaultValue?.(defaults);
    if (text !== undefined) missing[name] = text;
    else if (!optional) throw new UsageError(`--${name}: is missing; create needs it`);
  }
  return missing;
}

function readField(resource: Resource, action: Action, name: string, text: string): Value {
  if (action === "get" || action === "delete") throw new UsageError(`--${name}: ${action} has no fields`);
  const { kind, defaultValue } = resource.fields[name] ?? otherProperty;
  const isMissing = text === "" && action === "create" && defaultValue !== undefined;
  if (isMissing || !kind.accepts(text)) throw new UsageError(`--${name}: "${text}" is wrong; write ${kind.expects}`);
  return kind.parse?.(text) ?? text;
}

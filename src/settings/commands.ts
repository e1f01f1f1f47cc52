// The command line over the resources: what may be written there, its help, and what was written.
import { type CommanderError, Option } from "commander";
import { type Version, versions } from "../http/paths.ts";
import { createCommandLine, inOneLine } from "../node/command-line.ts";
import { UsageError } from "../node/usage-error.ts";
import {
  type Action,
  type Field,
  type Initial,
  isDigits,
  otherProperty,
  type Resource,
  resources,
  type Value,
} from "./resources.ts";

export interface Command {
  resource: Resource;
  action: Action;
  version: Version;
  /** HubSpot's id for the call; none for what belongs to the app, and for a call that is created. */
  callId: string | undefined;
  fields: Record<string, Value>;
  /** The records that a created call is put on, as HubSpot takes them. */
  associations: Association[];
  dryRun: boolean;
  /** For one answer, in whole milliseconds. */
  timeout: number;
}

interface Association {
  to: { id: string };
  types: [{ associationCategory: "HUBSPOT_DEFINED"; associationTypeId: number }];
}

const defaultVersion = "2026-03";

const environment = `
From the environment, or else from a file named .env:
  HUBSPOT_APP_ID             the app's id, on the app's page in your developer account
  HUBSPOT_DEVELOPER_API_KEY  sent as hapikey; in your developer account, under Keys
  HUBSPOT_ACCESS_TOKEN       sent as Bearer; where both are set, call takes the token and the others the key
  HUBSPOT_API_URL            another server (https://api.hubapi.com)
  WEBHOOK_URL                what channel-connection create registers (webhook, beside package.json's homepage)

The answer's JSON goes to stdout. Exit code 0: done, 1: refused or not reached, 2: wrong usage.`;

/**
 * Reads and checks a command line. Gives the text of help, where that is asked for.
 * `called` is how a person writes the command. Throws UsageError, in one line.
 */
export function readCommand(args: string[], initial: Initial, called: string): Command | string {
  const found: Command[] = [];
  const { program, parse } = createCommandLine(called);
  program
    .usage("RESOURCE ACTION [--field value]…")
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addOption(option("api", "VERSION", `of the paths: ${versions.join(", ")} (${defaultVersion})`, args))
    .addOption(option("timeout", "SECONDS", "to wait for an answer (10)", args))
    .option("--dry-run", "print the requests as curl lines, with the key masked, and send nothing")
    .helpCommand("help [RESOURCE]", "its fields")
    .addHelpText("after", environment);

  for (const [name, resource] of resources) {
    const ofResource = program
      .command(name)
      .description(resource.meaning)
      .usage(usageOf(resource))
      .argument("[words...]")
      .action((words: string[]) => {
        found.push(toCommand(resource, words, ofResource.opts(), program.opts(), initial));
      });
    for (const [field, told] of Object.entries(fieldsOf(resource, args))) {
      ofResource.addOption(option(field, "VALUE", describe(told), args));
    }
    for (const record of Object.keys(resource.records ?? {})) {
      ofResource.addOption(option(record, "ID", `create: the ${record} whose timeline it is on`, args));
    }
    if (resource.belongsTo === "call")
      ofResource.addHelpText("after", "\nOther properties that begin with hs_ are taken too.");
  }

  const help = parse(args, (error) => explain(error, args, called));
  if (help !== undefined) return help;
  const [command] = found;
  if (!command) throw new Error("The command line was read, and no command was found in it");
  return command;
}

const usageOf = ({ belongsTo, actions }: Resource) => {
  if (belongsTo === "app") return `${actions.join("|")} [--field value]…`;
  return `create|ID ${actions.filter((action) => action !== "create").join("|ID ")} [--property value]…`;
};

/** The fields of the resource, and the properties of the user's own that are given. */
function fieldsOf(resource: Resource, args: string[]): Record<string, Field> {
  if (resource.belongsTo === "app") return resource.fields;
  const properties = args.flatMap((arg) => /^--(hs_\w+)/.exec(arg)?.[1] ?? []);
  return { ...Object.fromEntries(properties.map((name) => [name, otherProperty])), ...resource.fields };
}

function describe({ kind, meaning, initial }: Field): string {
  const from = { name: "package.json's name", url: "package.json's homepage", webhookUrl: "WEBHOOK_URL", now: "now" };
  const created = initial?.(from);
  return `${meaning}; ${kind.expects}${created ? ` (create: ${created})` : ""}`;
}

/** An option that has a value, and has it once. */
function option(name: string, value: string, meaning: string, args: string[]): Option {
  return new Option(`--${name} <${value}>`, meaning).argParser((text: string, previous: string | undefined) => {
    if (previous !== undefined) throw new UsageError(`--${name}: is given twice`);
    // More likely the next option than the value of this one, which was forgotten.
    if (/^-./.test(text) && !args.includes(`--${name}=${text}`)) {
      throw new UsageError(`--${name}: its value is missing; if it begins with -, write --${name}=${text}`);
    }
    return text;
  });
}

/** What commander says, and where to read on. */
function explain(error: CommanderError, args: string[], called: string): string {
  const names = [...resources.keys()];
  if (error.code === "commander.help") return `RESOURCE: is missing; write ${names.join(", ")}`;
  const what = inOneLine(error);
  if (error.code === "commander.unknownCommand") return `RESOURCE: ${what}; write ${names.join(", ")}`;
  const resource = args.find((arg) => resources.has(arg));
  return `${what}; ${[called, resource, "--help"].filter(Boolean).join(" ")} lists the options`;
}

function toCommand(
  resource: Resource,
  words: string[],
  given: Record<string, string>,
  {
    api = defaultVersion,
    timeout: seconds = "10",
    dryRun = false,
  }: { api?: string; timeout?: string; dryRun?: boolean },
  initial: Initial,
): Command {
  const version = versions.find((name) => name === api);
  if (!version) throw new UsageError(`--api: "${api}" is none; write ${versions.join(", ")}`);
  const timeout = Math.round(Number(seconds) * 1000);
  if (!(timeout >= 1 && timeout <= 600_000)) throw new UsageError("--timeout: write seconds, at most 600");

  const { action, callId } = readWords(resource, words);
  const texts = Object.entries(given);
  const isRecord = (name: string) => Object.hasOwn(resource.records ?? {}, name);
  const fields = readFields(resource, action, Object.fromEntries(texts.filter(([name]) => !isRecord(name))), initial);
  const associations = texts
    .filter(([name]) => isRecord(name))
    .map(([name, id]) => associate(resource, action, name, id));
  return { resource, action, version, callId, fields, associations, dryRun, timeout };
}

/** ACTION, or for what exists of a call ID ACTION. */
function readWords({ belongsTo, actions }: Resource, words: string[]): { action: Action; callId?: string } {
  const ofCall = belongsTo === "call" && words[0] !== "create";
  const [callId = "", actionName = "", tooMany] = ofCall ? words : ["", ...words];
  if (ofCall && !isDigits(callId)) {
    throw new UsageError(`ID: "${callId}" is none; write the call's number, or create`);
  }
  const known = actions.filter((action) => !(ofCall && action === "create"));
  const action = known.find((action) => action === actionName);
  if (!action) throw new UsageError(`ACTION: "${actionName}" is none; write ${known.join(", ")}`);
  if (tooMany !== undefined) throw new UsageError(`"${tooMany}" is one word too many; put text with spaces in quotes`);
  return ofCall ? { action, callId } : { action };
}

function associate({ records }: Resource, action: Action, name: string, id: string): Association {
  const associationTypeId = new Map(Object.entries(records ?? {})).get(name)?.associationTypeId;
  if (action !== "create" || associationTypeId === undefined) throw new UsageError(`--${name}: only create takes it`);
  if (!isDigits(id)) throw new UsageError(`--${name}: "${id}" is wrong; write the ${name}'s number`);
  return { to: { id }, types: [{ associationCategory: "HUBSPOT_DEFINED", associationTypeId }] };
}

function readFields(resource: Resource, action: Action, given: Record<string, string>, initial: Initial) {
  const texts = { ...given };
  if (action === "create") {
    for (const [name, field] of Object.entries(resource.fields)) {
      const text = given[name] ?? field.initial?.(initial);
      if (text !== undefined) texts[name] = text;
      else if (!field.optional) throw new UsageError(`--${name}: is missing; create needs it`);
    }
  }
  const known = Object.keys(resource.fields).map((name) => `--${name}`);
  const named = Object.entries(texts);
  if (action === "update" && named.length === 0) throw new UsageError(`update: of what? Known: ${known.join(" ")}`);

  const read: Record<string, Value> = {};
  for (const [name, text] of named) {
    if (action === "get" || action === "delete") throw new UsageError(`--${name}: ${action} takes no fields`);
    const { kind, initial: needed } = resource.fields[name] ?? otherProperty;
    const missing = text === "" && action === "create" && needed;
    if (missing || !kind.takes(text)) throw new UsageError(`--${name}: "${text}" is wrong; write ${kind.expects}`);
    read[name] = kind.value?.(text) ?? text;
  }
  return read;
}

// Parses the settings command's arguments and options, and creates its help text. command.ts validates the values.
import { type CommanderError, Option, type Command as Program } from "commander";
import { versions } from "../http/paths.ts";
import { createCommandLine, inOneLine } from "../node/command-line.ts";
import { UsageError } from "../node/usage-error.ts";
import { type Command, createCommand, defaultTimeoutSeconds, defaultVersion } from "./command.ts";
import { type Defaults, type Field, otherProperty, type Resource, resources } from "./resources.ts";

const environment = `
Environment variables (missing ones are read from .env):
  HUBSPOT_APP_ID             the app's id; see the app's page in your developer account
  HUBSPOT_DEVELOPER_API_KEY  sent as hapikey; see Keys in your developer account
  HUBSPOT_ACCESS_TOKEN       sent as a bearer token; if both are set, used only for call, inbound-call and recording ready
  HUBSPOT_API_URL            the API server's URL (default: https://api.hubapi.com)
  WEBHOOK_URL                default for channel-connection create --url; if unset, "webhook" resolved against homepage in package.json

Prints the response as JSON to stdout.
Exit code 0: success, 2: usage error, 1: any other error, such as a failed request.
Guide: src/settings/README.md`;

/**
 * Parses and validates a command line. Returns the help text if the user requests it.
 * @param commandName how the user starts the command, such as `npm run settings --`, for the help text and errors
 * @throws {UsageError}
 */
export function readCommand(args: string[], defaults: Defaults, commandName: string): Command | string {
  const commands: Command[] = [];
  const { program, parse } = createCommandLine(commandName);
  addGlobalOptions(program, args);
  for (const [name, resource] of resources) {
    const subcommand = addResource(program, name, resource, args);
    subcommand.action((args: string[]) => {
      commands.push(createCommand(resource, args, { ...program.opts(), fields: subcommand.opts() }, defaults));
    });
  }
  const help = parse(args, (error) => explain(error, args, commandName));
  if (help !== undefined) return help;
  const [command] = commands;
  if (!command) throw new Error("the command line was parsed, but no command was run");
  return command;
}

function addGlobalOptions(program: Program, args: string[]): void {
  program
    .usage("RESOURCE ACTION [--field value]…")
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addOption(option("api", "VERSION", `API version: ${versions.join(", ")} (default: ${defaultVersion})`, args))
    .addOption(option("timeout", "SECONDS", `time limit for each response (default: ${defaultTimeoutSeconds})`, args))
    .option("--dry-run", "print the requests as curl commands with a masked key, and send nothing")
    .helpCommand("help [RESOURCE]", "list the fields of a resource")
    .addHelpText("after", environment);
}

function addResource(program: Program, name: string, resource: Resource, args: string[]): Program {
  const subcommand = program
    .command(name)
    .description(resource.meaning)
    .usage(usageOf(resource))
    .argument("[arguments...]");
  for (const [field, definition] of Object.entries(fieldsOf(resource, args))) {
    subcommand.addOption(option(field, "VALUE", describe(definition), args));
  }
  for (const record of Object.keys(resource.records ?? {})) {
    subcommand.addOption(option(record, "ID", `the ${record} whose timeline shows the call (only for create)`, args));
  }
  if (resource.acceptsProperties) {
    subcommand.addHelpText("after", "\nYou can also set any other property whose name begins with hs_.");
  }
  return subcommand;
}

const usageOf = ({ belongsTo, actions }: Resource) => {
  if (belongsTo !== "call") return `${actions.join("|")} [--field value]…`;
  return `create|ID ${actions.filter((action) => action !== "create").join("|ID ")} [--property value]…`;
};

function fieldsOf({ acceptsProperties, fields, ready }: Resource, args: string[]): Record<string, Field> {
  if (!acceptsProperties) return { ...fields, ...ready?.fields };
  const properties = args.flatMap((arg) => /^--(hs_\w+)/.exec(arg)?.[1] ?? []);
  return { ...Object.fromEntries(properties.map((name) => [name, otherProperty])), ...fields };
}

function describe({ kind, meaning, defaultValue }: Field): string {
  const sources = {
    name: "name in package.json",
    url: "homepage in package.json",
    webhookUrl: "WEBHOOK_URL",
    now: "now",
  };
  const createDefault = defaultValue?.(sources);
  return `${meaning}; ${kind.expects}${createDefault ? ` (default for create: ${createDefault})` : ""}`;
}

/** Creates an option that requires a value and can be used only once. */
function option(name: string, value: string, meaning: string, args: string[]): Option {
  return new Option(`--${name} <${value}>`, meaning).argParser((text: string, previous: string | undefined) => {
    if (previous !== undefined) throw new UsageError(`--${name}: appears twice; use it once`);
    // Without this check, Commander would accept the next option as this option's value.
    if (/^-./.test(text) && !args.includes(`--${name}=${text}`)) {
      throw new UsageError(`--${name}: its value is missing; for a value that begins with -, write --${name}=${text}`);
    }
    return text;
  });
}

/** Rewrites Commander's message in our style, and appends advice or the command that prints the help text. */
function explain(error: CommanderError, args: string[], commandName: string): string {
  const useOne = `use one of ${[...resources.keys()].join(", ")}`;
  if (error.code === "commander.help") {
    return args.includes("help") ? `RESOURCE: unknown resource; ${useOne}` : `RESOURCE: is missing; ${useOne}`;
  }
  const problem = inOneLine(error);
  if (error.code === "commander.unknownCommand") {
    return `RESOURCE: ${problem.replace("unknown command", "unknown resource")}; ${useOne}`;
  }
  const [, option] = /^option '(--\w+) .* argument missing$/.exec(problem) ?? [];
  const resource = args.find((arg) => resources.has(arg));
  const help = [commandName, resource, "--help"].filter(Boolean).join(" ");
  return `${option ? `${option}: its value is missing` : problem}; run \`${help}\``;
}

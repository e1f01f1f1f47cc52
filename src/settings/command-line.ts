// The command line of the settings command: its arguments, options and help. command.ts validates their values.
import { type CommanderError, Option, type Command as Program } from "commander";
import { versions } from "../http/paths.ts";
import { createCommandLine, inOneLine } from "../node/command-line.ts";
import { UsageError } from "../node/usage-error.ts";
import { type Command, createCommand, defaultTimeoutSeconds, defaultVersion } from "./command.ts";
import { type Defaults, type Field, otherProperty, type Resource, resources } from "./resources.ts";

const environment = `
Environment variables; those that are not set are read from .env:
  HUBSPOT_APP_ID             the app's id, on the app's page in your developer account
  HUBSPOT_DEVELOPER_API_KEY  sent as hapikey; in your developer account, under Keys
  HUBSPOT_ACCESS_TOKEN       sent as Bearer; if both are set, call uses the token and the others the key
  HUBSPOT_API_URL            another server (default: https://api.hubapi.com)
  WEBHOOK_URL                what channel-connection create registers (default: package.json's homepage, and webhook)

The response's JSON goes to stdout. Exit code 0: done, 1: rejected or not reached, 2: wrong usage.`;

/**
 * Parses and validates a command line. Returns the text of the help if that is requested.
 * @param called the command as the user writes it
 * @throws a UsageError in one line
 */
export function readCommand(args: string[], defaults: Defaults, called: string): Command | string {
  const commands: Command[] = [];
  const { program, parse } = createCommandLine(called);
  addGlobalOptions(program, args);
  for (const [name, resource] of resources) {
    const subcommand = addResource(program, name, resource, args);
    subcommand.action((words: string[]) => {
      commands.push(createCommand(resource, words, { ...program.opts(), fields: subcommand.opts() }, defaults));
    });
  }
  const help = parse(args, (error) => explain(error, args, called));
  if (help !== undefined) return help;
  const [command] = commands;
  if (!command) throw new Error("The command line was parsed, but no command was run.");
  return command;
}

function addGlobalOptions(program: Program, args: string[]): void {
  program
    .usage("RESOURCE ACTION [--field value]…")
    .configureHelp({ showGlobalOptions: true, subcommandTerm: (command) => `${command.name()} ${command.usage()}` })
    .addOption(
      option("api", "VERSION", `version of the API: ${versions.join(", ")} (default: ${defaultVersion})`, args),
    )
    .addOption(option("timeout", "SECONDS", `for a response (default: ${defaultTimeoutSeconds})`, args))
    .option("--dry-run", "print the requests as curl lines, with the key masked, and send nothing")
    .helpCommand("help [RESOURCE]", "its fields")
    .addHelpText("after", environment);
}

function addResource(program: Program, name: string, resource: Resource, args: string[]): Program {
  const subcommand = program
    .command(name)
    .description(resource.meaning)
    .usage(usageOf(resource))
    .argument("[words...]");
  for (const [field, definition] of Object.entries(fieldsOf(resource, args))) {
    subcommand.addOption(option(field, "VALUE", describe(definition), args));
  }
  for (const record of Object.keys(resource.records ?? {})) {
    subcommand.addOption(option(record, "ID", `create: the ${record} whose timeline shows the call`, args));
  }
  if (resource.belongsTo === "call") {
    subcommand.addHelpText("after", "\nOther properties that begin with hs_ are accepted too.");
  }
  return subcommand;
}

const usageOf = ({ belongsTo, actions }: Resource) => {
  if (belongsTo === "app") return `${actions.join("|")} [--field value]…`;
  return `create|ID ${actions.filter((action) => action !== "create").join("|ID ")} [--property value]…`;
};

/** The fields of the resource, and any other hs_ property that the user wrote. */
function fieldsOf(resource: Resource, args: string[]): Record<string, Field> {
  if (resource.belongsTo === "app") return resource.fields;
  const properties = args.flatMap((arg) => /^--(hs_\w+)/.exec(arg)?.[1] ?? []);
  return { ...Object.fromEntries(properties.map((name) => [name, otherProperty])), ...resource.fields };
}

function describe({ kind, meaning, defaultValue }: Field): string {
  const sources = {
    name: "package.json's name",
    url: "package.json's homepage",
    webhookUrl: "WEBHOOK_URL",
    now: "now",
  };
  const created = defaultValue?.(sources);
  return `${meaning}; ${kind.expects}${created ? ` (create: ${created})` : ""}`;
}

/** An option that needs a value, and may be given once. */
function option(name: string, value: string, meaning: string, args: string[]): Option {
  return new Option(`--${name} <${value}>`, meaning).argParser((text: string, previous: string | undefined) => {
    if (previous !== undefined) throw new UsageError(`--${name}: is given twice`);
    // Commander would take the next option as the value of this one.
    if (/^-./.test(text) && !args.includes(`--${name}=${text}`)) {
      throw new UsageError(`--${name}: its value is missing; if it begins with -, write --${name}=${text}`);
    }
    return text;
  });
}

/** Commander's message, and where to read more. */
function explain(error: CommanderError, args: string[], called: string): string {
  const names = [...resources.keys()];
  if (error.code === "commander.help") return `RESOURCE: is missing; write ${names.join(", ")}`;
  const problem = inOneLine(error);
  if (error.code === "commander.unknownCommand") return `RESOURCE: ${problem}; write ${names.join(", ")}`;
  const resource = args.find((arg) => resources.has(arg));
  return `${problem}; ${[called, resource, "--help"].filter(Boolean).join(" ")} lists the options`;
}

// The command that starts the simulator, with the calling app or another one.
import { resolve } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import envPaths from "env-paths";
import about from "../../package.json" with { type: "json" };
import { errorText } from "../http/error-text.ts";
import { isWebUrl } from "../http/web-url.ts";
import { createCommandLine } from "../node/command-line.ts";
import { readEnvironment } from "../node/environment.ts";
import { parsePort, portRule } from "../node/port.ts";
import { print } from "../node/print.ts";
import { UsageError } from "../node/usage-error.ts";
import { openBrowser } from "../server/open-browser.ts";
import { startServer } from "../testing/server.ts";

type Options = {
  app?: string;
  port: number;
  httpsPort: number;
  open: boolean;
  store?: string;
  phoneNumbers?: string;
};

const variables = ["WEBHOOK_URL", "HUBSPOT_CLIENT_SECRET"] as const;

/**
 * Starts the server and prints its addresses, while the server goes on. Does not reject.
 * @param commandName how a person writes the command
 * @returns the exit code. 0: started, or printed the help; 1: a busy port, or a file that cannot be used; 2: wrong usage
 */
export async function start(args: string[], commandName: string): Promise<number> {
  try {
    const options = parseOptions(args, commandName);
    await (typeof options === "string" ? print(options) : serve(options));
    return 0;
  } catch (error) {
    console.error(errorText(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Gives the text of the help or the version, where the arguments ask for it. */
function parseOptions(args: string[], commandName: string): Options | string {
  let parsed: Options | undefined;
  const { program, parse } = createCommandLine(commandName);
  addOptions(program, commandName).action((options: Options) => {
    parsed = options;
  });
  return parse(args) ?? parsed ?? "";
}

function addOptions(program: Command, commandName: string): Command {
  return program
    .description("HubSpot's side of calling on this machine, with a calling app in it.")
    .usage("[options] | settings … | check …")
    .version(about.version)
    .option("--app <url>", "the app that is loaded; the calling app of this package, if absent", webUrl)
    .option("--port <port>", "of the simulator, http; 0 is any that is free", port, 9026)
    .option("--https-port <port>", "of the calling app as HubSpot loads it, https", port, 9025)
    .option("--no-open", "does not open the browser")
    .option("--store <file>", "where the simulator keeps its state; only in memory, if absent")
    .option("--phone-numbers <file>", "the numbers that the numbers webhook gives, as JSON")
    .addHelpText("after", moreHelp(commandName));
}

const moreHelp = (commandName: string) => `
Other commands:
  ${commandName} settings --help   registers an app with HubSpot, or with the simulator
  ${commandName} check --help      has an app go through what HubSpot does to one

WEBHOOK_URL and HUBSPOT_CLIENT_SECRET, in the environment or in .env, are for the numbers webhook.
The certificate is made in ${certificates()}.`;

/** A folder of the user, so that a certificate which is trusted once outlives the package. */
const certificates = () => resolve(envPaths("hubspot-calling-app", { suffix: "" }).data, "certs");

async function serve({ app, open, ...options }: Options): Promise<void> {
  const { WEBHOOK_URL, HUBSPOT_CLIENT_SECRET } = { ...readEnvironment(".env", variables), ...process.env };
  const { simulator, all } = await startServer(
    { ...options, certificates: certificates(), webhookUrl: WEBHOOK_URL, clientSecret: HUBSPOT_CLIENT_SECRET },
    { port: "--port", httpsPort: "--https-port" },
  );
  const start = app === undefined ? simulator : `${simulator}?${new URLSearchParams({ app })}`;
  await print(all.map(({ what, url }) => `${what.padEnd(18)} ${url === simulator ? start : url}\n`).join(""));
  if (open) openBrowser(start);
}

function webUrl(text: string): string {
  if (isWebUrl(text)) return new URL(text).href;
  throw new InvalidArgumentError("It must be a URL, http://… or https://…");
}

function port(text: string): number {
  const value = parsePort(text);
  if (value === undefined) throw new InvalidArgumentError(`It must be ${portRule}.`);
  return value;
}

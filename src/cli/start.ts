// The command that starts the simulator with the calling app, or with somebody else's.
import { resolve } from "node:path";
import { Command, CommanderError, InvalidArgumentError } from "commander";
import envPaths from "env-paths";
import about from "../../package.json" with { type: "json" };
import { readEnvironment } from "../node/environment.ts";
import { parsePort, portRule } from "../node/port.ts";
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
 * Starts both and prints where they are, given the words behind the command's name. Gives the exit code, while the server
 * goes on: 0 started, or helped; 1 a busy port, or a file of no use; 2 wrong usage. Does not reject.
 */
export async function start(args: string[], called: string): Promise<number> {
  let options: Options | undefined;
  const command = new Command(called)
    .description("HubSpot's side of calling on this machine, with a calling app in it.")
    .usage("[options] | settings … | check …")
    .version(about.version)
    .exitOverride()
    .showHelpAfterError(`(${called} --help has what is known)`)
    .option("--app <url>", "the app that is framed; the calling app of this package, if absent", webUrl)
    .option("--port <port>", "of the simulator, http; 0 is any that is free", port, 9026)
    .option("--https-port <port>", "of the calling app as HubSpot frames it, https", port, 9025)
    .option("--no-open", "leaves the browser alone")
    .option("--store <file>", "where the simulator keeps what it was told; in memory alone, if absent")
    .option("--phone-numbers <file>", "the numbers that the help desk's webhook gives, as JSON")
    .addHelpText("after", more(called))
    .action((given: Options) => {
      options = given;
    });
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
    throw error;
  }
  try {
    if (options) await serve(options);
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return 1;
  }
}

const more = (called: string) => `
Commands of their own:
  ${called} settings --help   registers an app with HubSpot, or with the simulator
  ${called} check --help      has an app go through what HubSpot does to one

WEBHOOK_URL and HUBSPOT_CLIENT_SECRET, of the environment or of .env, are for the help desk's webhook.
The certificate is made in ${certificates()}.`;

/** Of the user's own, so that what was trusted once outlives the package. */
const certificates = () => resolve(envPaths("hubspot-calling-app", { suffix: "" }).data, "certs");

async function serve({ app, open, ...options }: Options): Promise<void> {
  const { WEBHOOK_URL, HUBSPOT_CLIENT_SECRET } = { ...readEnvironment(".env", variables), ...process.env };
  const { simulator, all } = await startServer(
    { ...options, certificates: certificates(), webhookUrl: WEBHOOK_URL, clientSecret: HUBSPOT_CLIENT_SECRET },
    { port: "--port", httpsPort: "--https-port" },
  );
  const url = app === undefined ? simulator : `${simulator}?${new URLSearchParams({ app })}`;
  console.log(all.map((one) => `${one.what.padEnd(18)} ${one.url === simulator ? url : one.url}`).join("\n"));
  if (open) openBrowser(url);
}

function webUrl(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return new URL(text).href;
  throw new InvalidArgumentError("It must be a URL, http://… or https://…");
}

function port(text: string): number {
  const value = parsePort(text);
  if (value === undefined) throw new InvalidArgumentError(`It must be ${portRule}.`);
  return value;
}

import { isAbsolute, join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import about from "../../package.json" with { type: "json" };
import { errorText } from "../http/error-text.ts";
import { isWebUrl } from "../http/web-url.ts";
import { createCommandLine } from "../node/command-line.ts";
import { readEnvironment } from "../node/environment.ts";
import { parsePort, portRule } from "../node/port.ts";
import { print } from "../node/print.ts";
import { UsageError } from "../node/usage-error.ts";
import { openBrowser } from "../server/open-browser.ts";

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
 * Starts the server and prints its URLs. The server keeps running. Never rejects.
 * @param commandName the command as users type it
 * @returns the exit code. 0: started, or help printed; 1: failure, for example a busy port; 2: usage error
 */
export async function start(args: string[], commandName: string): Promise<number> {
  try {
    const certificates = await findCertificates();
    const options = parseOptions(args, commandName, certificates);
    await (typeof options === "string" ? print(options) : serve(options, certificates));
    return 0;
  } catch (error) {
    console.error(errorText(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** Returns the options, or the help text or the version if the arguments request either. */
function parseOptions(args: string[], commandName: string, certificates: string | undefined): Options | string {
  let parsed: Options | undefined;
  const { program, parse } = createCommandLine(commandName);
  addOptions(program, moreHelp(commandName, certificates)).action((options: Options) => {
    parsed = options;
  });
  return parse(args) ?? parsed ?? "";
}

function addOptions(program: Command, moreHelp: string): Command {
  return program
    .description("Starts a local simulator of HubSpot's side of the calling protocol, and loads a calling app into it.")
    .usage("[options] | check … | codegen … | init … | settings …")
    .version(about.version, "-V, --version", "print the version")
    .helpOption("-h, --help", "print this help")
    .option("--app <url>", "URL of the app to load (default: the package's calling app)", webUrl)
    .option("--port <port>", "http port of the simulator; 0 for any free port", port, 9026)
    .option("--https-port <port>", "https port of the package's calling app; 0 for any free port", port, 9025)
    .option("--no-open", "do not open the browser")
    .option("--store <file>", "store the simulator's state in this file (default: in memory)")
    .option("--phone-numbers <file>", "JSON file with the numbers webhook's phone numbers")
    .addHelpText("after", moreHelp);
}

const moreHelp = (commandName: string, certificates: string | undefined) => `
Other commands:
  ${commandName} codegen LOG       print a Playwright test that repeats a recorded session
  ${commandName} init FOLDER       start a new app: copy a softphone with its tests
  ${commandName} settings --help   register an app with HubSpot or the simulator
  ${commandName} check --help      check an app against simulated HubSpot behavior

For the numbers webhook, the command reads WEBHOOK_URL and HUBSPOT_CLIENT_SECRET from the environment or from .env.
${certificates ? `The https certificate is stored in ${certificates}.` : noHome}`;

const noHome =
  "https is off, because the certificate is stored in the user's home folder, and this user has no home folder.";

/**
 * Returns the folder for the certificate, or undefined if the user has no home folder. The folder is outside the package, so
 * that users need not trust a new certificate after they reinstall the package.
 */
async function findCertificates(): Promise<string | undefined> {
  try {
    const { default: envPaths } = await import("env-paths");
    const { data } = envPaths("hubspot-calling-app", { suffix: "" });
    return isAbsolute(data) ? join(data, "certs") : undefined;
  } catch {
    return undefined; // Without a home folder, env-paths throws on import.
  }
}

async function serve({ app, open, ...options }: Options, certificates: string | undefined): Promise<void> {
  if (certificates === undefined) console.error(noHome);
  // The help does not need the server, which takes much longer to load.
  const { startServer } = await import("../testing/server.ts");
  const { WEBHOOK_URL, HUBSPOT_CLIENT_SECRET } = { ...readEnvironment(".env", variables), ...process.env };
  const { simulator, all } = await startServer(
    { ...options, app, certificates, webhookUrl: WEBHOOK_URL, clientSecret: HUBSPOT_CLIENT_SECRET },
    { port: "--port", httpsPort: "--https-port" },
  );
  const start = app === undefined ? simulator : `${simulator}?${new URLSearchParams({ app })}`;
  await print(all.map(({ what, url }) => `${what.padEnd(18)} ${url === simulator ? start : url}\n`).join(""));
  if (open) openBrowser(start);
}

function webUrl(text: string): string {
  if (isWebUrl(text)) return new URL(text).href;
  throw new InvalidArgumentError("Use http://… or https://…");
}

function port(text: string): number {
  const value = parsePort(text);
  if (value === undefined) throw new InvalidArgumentError(`Use ${portRule}`);
  return value;
}

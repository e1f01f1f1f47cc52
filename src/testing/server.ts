// hubspot-calling-app: the server for the command, the fixture and other projects, and the types of window.hubspot.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openServer } from "../server/server.ts";

export type { Engagement } from "../simulator/calls/engagement.ts";
export type { Message } from "../simulator/calls/message.ts";
export type { Finding } from "../simulator/rules/finding.ts";
export type { Verdict } from "../simulator/session/replay.ts";
export type { Hubspot } from "../simulator/ui/window-hubspot.ts";

/**
 * @example
 * const options: ServerOptions = { port: 9026, store: "simulator.json", phoneNumbers: "phone-numbers.json" };
 */
export interface ServerOptions {
  /** The http port: 127.0.0.1 serves the simulator, localhost the package's calling app. Any free port by default. */
  port?: number | undefined;
  /** The https port of the package's calling app, for the real HubSpot. Any free port by default. Needs `certificates`. */
  httpsPort?: number | undefined;
  /** The folder for the https certificate, which is created if it is missing. Without it, there is no https. */
  certificates?: string | undefined;
  /** The file for the simulator's state. By default, the state is kept only in memory. */
  store?: string | undefined;
  /** The JSON file with the numbers for the webhook; a few invented numbers by default. */
  phoneNumbers?: string | undefined;
  /** The webhook's public URL. */
  webhookUrl?: string | undefined;
  /** The app's client secret, which signs requests to the webhook. */
  clientSecret?: string | undefined;
}

/**
 * URLs end with a slash. `all` lists them, each with a label.
 * @example
 * for (const { what, url } of server.all) console.log(what, url);
 */
export interface Server {
  simulator: string;
  /** The package's calling app, over https if there is a certificate. */
  app: string;
  all: readonly { what: string; url: string }[];
  /** Closes the server and all its connections. */
  close(): Promise<void>;
}

/** The path of a file next to the built programs. */
export const inPackage = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/**
 * Starts the simulator, the package's calling app and the numbers webhook on this machine.
 * @param names what error messages call the two ports
 * @throws a one-line Error: a port is busy, or a file cannot be read or is invalid
 * @example
 * const { simulator, close } = await startServer();
 * await page.goto(`${simulator}?${new URLSearchParams({ app: "http://localhost:3000/" })}`);
 * await close();
 */
export async function startServer(
  { port = 0, httpsPort = 0, certificates, store, phoneNumbers, webhookUrl, clientSecret }: ServerOptions = {},
  names: { port: string; httpsPort: string } = { port: "port", httpsPort: "httpsPort" },
): Promise<Server> {
  const headers: Record<string, string> = JSON.parse(readFileSync(inPackage("pages/headers.json"), "utf8"));
  const { urls: all, ...addresses } = await openServer({
    paths: () => ({ pages: inPackage("pages"), store }),
    certificateFolder: certificates,
    headers,
    phoneNumbersFile: phoneNumbers ?? inPackage("phone-numbers.json"),
    environment: {
      HTTP_PORT: `${port}`,
      PORT: `${httpsPort}`,
      WEBHOOK_URL: webhookUrl,
      HUBSPOT_CLIENT_SECRET: clientSecret,
    },
    variableNames: { HTTP_PORT: names.port, PORT: names.httpsPort },
  });
  return { ...addresses, all };
}

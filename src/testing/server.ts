// The package's main entry point, hubspot-calling-app: startServer and the types of window.hubspot.
import { readHeaders } from "../server/headers.ts";
import { openServer } from "../server/server.ts";
import { inPackage } from "./in-package.ts";

export type { Engagement } from "../simulator/calls/engagement.ts";
export type { Message } from "../simulator/calls/message.ts";
export type { Verdict } from "../simulator/replay/replay.ts";
export type { Finding } from "../simulator/rules/finding.ts";
export type { Hubspot } from "../simulator/ui/window-hubspot.ts";

/**
 * @example
 * const options: ServerOptions = { port: 9026, store: "simulator.json", phoneNumbers: "phone-numbers.json" };
 */
export interface ServerOptions {
  /** The URL of the app that the simulator loads if its own URL has no `app` parameter; the package's calling app by default. */
  app?: string | undefined;
  /** The http port, for the simulator on 127.0.0.1 and the package's calling app on localhost; a free port by default. */
  port?: number | undefined;
  /** The https port of the package's calling app, for the real HubSpot; a free port by default. Requires `certificates`. */
  httpsPort?: number | undefined;
  /** The folder for the https certificate; a missing certificate is created. Without this option, https is off. */
  certificates?: string | undefined;
  /** The file for the simulator's state. By default, the state exists only in memory. */
  store?: string | undefined;
  /** The JSON file that contains the webhook's phone numbers; a few invented numbers by default. */
  phoneNumbers?: string | undefined;
  webhookUrl?: string | undefined;
  /** The app's client secret, which is the key for the signature of requests to the webhook. */
  clientSecret?: string | undefined;
}

/**
 * All URLs end with a slash. `all` contains every URL, with its label in `what`.
 * @example
 * for (const { what, url } of server.all) console.log(what, url);
 */
export interface Server {
  simulator: string;
  /** The package's calling app, over https if the server has a certificate. */
  app: string;
  all: readonly { what: string; url: string }[];
  /** Closes the server and all its connections. */
  close(): Promise<void>;
}

/**
 * Starts the simulator, the package's calling app and the numbers webhook on this machine.
 * @param names the names of the two ports in error messages
 * @throws an Error with a message for users if a port is invalid or busy, if a file is invalid, unreadable or in use, or if
 * the webhook's URL is invalid
 * @example
 * const { simulator, close } = await startServer();
 * await page.goto(`${simulator}?${new URLSearchParams({ app: "http://localhost:3000/" })}`);
 * await close();
 */
export async function startServer(
  { app, port = 0, httpsPort = 0, certificates, store, phoneNumbers, webhookUrl, clientSecret }: ServerOptions = {},
  names: { port: string; httpsPort: string } = { port: "port", httpsPort: "httpsPort" },
): Promise<Server> {
  const { urls: all, ...addresses } = await openServer({
    paths: () => ({ pages: inPackage("pages"), store }),
    certificateFolder: certificates,
    headers: readHeaders(inPackage("pages")),
    startApp: app,
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

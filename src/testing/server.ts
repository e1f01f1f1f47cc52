// What the package's programs start, and a project of one's own can: the simulator, the calling app and what goes with
// them, on this machine. Its types are those of window.hubspot too.
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { openServer } from "../server/server.ts";

export type { Engagement } from "../simulator/calls/engagement.ts";
export type { Message } from "../simulator/calls/message.ts";
export type { Finding } from "../simulator/rules/finding.ts";
export type { Verdict } from "../simulator/session/replay.ts";
export type { Hubspot } from "../simulator/ui/window-hubspot.ts";

export interface ServerOptions {
  /** Of http: the simulator by the name 127.0.0.1, the calling app by localhost. Any that is free, if absent. */
  port?: number | undefined;
  /** Of https: the calling app as HubSpot frames it. Any that is free, if absent; needs `certificates`. */
  httpsPort?: number | undefined;
  /** The folder where the certificate is, or is made. Without it there is no https. */
  certificates?: string | undefined;
  /** The file that the simulator keeps its state in; in memory alone, if absent. */
  store?: string | undefined;
  /** The file of the numbers that the webhook gives; a few made-up ones, if absent. */
  phoneNumbers?: string | undefined;
  /** The webhook's public URL, and the app's client secret that signs what is asked of it. */
  webhookUrl?: string | undefined;
  clientSecret?: string | undefined;
}

/** Addresses, with a slash at their end; `all` has them with words for each. */
export interface Server {
  simulator: string;
  app: string;
  all: readonly { what: string; url: string }[];
  /** Ends it, and every connection to it. */
  close(): Promise<void>;
}

/** What is beside the built programs. */
export const inPackage = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

/**
 * Starts the server; it answers when the promise resolves.
 * @param names what the two ports are called where they were chosen, for errors
 * @throws an Error in one line: a busy port, a file that cannot be read or says nothing of use
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

// Serves the pages on this machine: https://localhost:9025/ is what HubSpot loads, http://localhost:9026/ is the same
// without a certificate, and http://127.0.0.1:9026/ is the simulator. Both ports have the same request listener.
import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { readEnvironment } from "../node/environment.ts";
import { parsePort, portRule } from "../node/port.ts";
import { type Certificate, loadCertificate } from "./certificate.ts";
import { createPagesListener, simulatorHostname } from "./pages-listener.ts";
import { openPort, type PortOptions } from "./ports.ts";
import { createServerEvents } from "./server-events.ts";

export { openBrowser } from "./open-browser.ts";

const variables = ["PORT", "HTTP_PORT", "WEBHOOK_URL", "HUBSPOT_CLIENT_SECRET"] as const;

type Variable = (typeof variables)[number];
type Environment = Partial<Record<Variable, string | undefined>>;

export type ServerOptions = {
  /**
   * The folder of the pages (one subfolder each) and the file of the state, for the server that has this HTTP port.
   * Without a file the state is only kept in memory.
   */
  paths: (httpPort: number) => { pages: string; store?: string | undefined };
  /** A certificate is created there if it has none. Without a folder there is no https. */
  certificateFolder?: string | undefined;
  /** Sent with every file. */
  headers: Record<string, string>;
  /** The phone numbers that the webhook answers with. */
  phoneNumbersFile: string;
  /** The values of the variables above. A variable that is missing is read from the file. */
  environment: Record<string, string | undefined>;
  environmentFile?: string;
  /** What the user calls a port's variable, for error messages: the name of an option, for instance. */
  variableNames?: Partial<Record<Variable, string>>;
  /** Builds the pages; `built` tells the open pages that there is a new build. */
  build?: (target: { pages: string; built: () => void }) => Promise<void>;
  /** The time limit for a request to arrive, head and body. */
  requestTimeoutMs?: number;
};

/**
 * Opens the ports, builds the pages, and then starts to answer: earlier requests wait.
 * @throws an Error in one line: a port that is invalid or busy, or a file that cannot be read.
 */
export async function openServer(options: ServerOptions) {
  const { certificateFolder } = options;
  const environment = readVariables(options);
  const certificate = certificateFolder === undefined ? undefined : await loadCertificate(certificateFolder);
  const { listener, start } = createWaitingListener();
  // The ports come first: the server that has them may write to the folder.
  const ports = await openPorts(options, environment, listener, certificate);
  const { simulator, app, urls } = addressesOf(ports);

  if (certificate?.created) {
    const trust = 'To trust it once and for all, see "Certificate" in src/server/README.md';
    console.log(`Made a certificate: ${certificate.created}. ${trust}; it is in ${certificateFolder}.`);
  }
  try {
    const { pages, store: storeFile } = options.paths(ports.http);
    const events = createServerEvents();
    const webhook = {
      url: environment.WEBHOOK_URL || `${app}webhook`,
      // Without the app's secret, a random one that the simulator knows too: the webhook is never unsigned.
      secret: environment.HUBSPOT_CLIENT_SECRET || randomBytes(32).toString("hex"),
    };
    const { headers, phoneNumbersFile } = options;
    const ca = certificate?.ca;
    const files = { pages, storeFile, phoneNumbersFile };
    const pagesListener = createPagesListener({ files, headers, webhook, ca, simulator, events });
    await options.build?.({ pages, built: () => events.send("built") });
    start(pagesListener);
  } catch (error) {
    // Otherwise the ports would stay open without an answer.
    await ports.close();
    throw error;
  }
  return { simulator, app, urls, close: ports.close };
}

function readVariables({ environment, environmentFile }: ServerOptions): Environment {
  const inFile = environmentFile === undefined ? {} : readEnvironment(environmentFile, variables);
  return Object.fromEntries(variables.map((name) => [name, environment[name] ?? inFile[name]]));
}

/** A listener whose requests wait until `start` is called with the one that answers them. */
function createWaitingListener() {
  let start = (_: RequestListener) => {};
  const started = new Promise<RequestListener>((resolve) => {
    start = resolve;
  });
  const listener: RequestListener = async (request, response) => (await started)(request, response);
  return { listener, start };
}

interface OpenPorts {
  http: number;
  https: number | undefined;
  close(): Promise<void>;
}

async function openPorts(
  { variableNames = {}, requestTimeoutMs = 30_000 }: ServerOptions,
  environment: Environment,
  listener: RequestListener,
  certificate: Certificate | undefined,
): Promise<OpenPorts> {
  const portOptions = (variable: "PORT" | "HTTP_PORT", defaultPort: number): PortOptions => {
    const name = variableNames[variable] ?? variable;
    const port = readPort(name, environment[variable] ?? `${defaultPort}`);
    return {
      port,
      variable: name,
      requestTimeoutMs,
      tunnel: { host: hostOf(environment.WEBHOOK_URL), path: "/webhook" },
    };
  };
  const https = certificate && (await openPort({ ...portOptions("PORT", 9025), tls: certificate }, listener));
  try {
    const http = await openPort(portOptions("HTTP_PORT", 9026), listener);
    return {
      http: http.port,
      https: https?.port,
      async close() {
        await Promise.all([https?.close(), http.close()]);
      },
    };
  } catch (error) {
    await https?.close();
    throw error;
  }
}

function addressesOf({ http, https }: OpenPorts) {
  const simulator = `http://${simulatorHostname}:${http}/`;
  const appOverHttp = `http://localhost:${http}/`;
  const app = https === undefined ? appOverHttp : `https://localhost:${https}/`;
  const urls = [
    { what: "HubSpot simulator", url: simulator },
    { what: "calling app", url: app },
    ...(app === appOverHttp ? [] : [{ what: "the same, http", url: appOverHttp }]),
  ];
  return { simulator, app, urls };
}

function readPort(name: string, text: string): number {
  const port = parsePort(text);
  if (port === undefined) throw new Error(`${name} must be ${portRule}, not "${text}".`);
  return port;
}

/** createWebhook reports a URL that cannot be parsed. */
function hostOf(url = ""): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

// Serves both pages on this machine. By default, the app is at https://localhost:9025/ for HubSpot. The simulator is at
// http://127.0.0.1:9026/ and loads the app from http://localhost:9026/. Both ports share one request listener.
import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { readEnvironment } from "../node/environment.ts";
import { parsePort, portRule } from "../node/port.ts";
import { type Build, createBuildReport } from "./build-report.ts";
import { type Certificate, CertificateError, loadCertificate } from "./certificate.ts";
import { type Lock, openLock } from "./lock.ts";
import { createPagesListener, simulatorHostname } from "./pages-listener.ts";
import { openPort, type PortOptions } from "./ports.ts";
import { createServerEvents } from "./server-events.ts";

export { openBrowser } from "./open-browser.ts";

const variables = ["PORT", "HTTP_PORT", "WEBHOOK_URL", "HUBSPOT_CLIENT_SECRET"] as const;

type Variable = (typeof variables)[number];
type Environment = Partial<Record<Variable, string | undefined>>;

export type ServerOptions = {
  /**
   * Returns two paths for a server on this HTTP port: the folder with a subfolder for each page, and the file for the
   * simulator's state. Without a file, the server keeps the state only in memory.
   */
  paths: (httpPort: number) => { pages: string; store?: string | undefined };
  /** The folder for the certificate. The server creates a missing folder or certificate. If undefined, https is off. */
  certificateFolder?: string | undefined;
  /** The HTTP headers that the server sends with the pages' files. */
  headers: Record<string, string>;
  phoneNumbersFile?: string | undefined;
  /** The URL of the app that the simulator loads if its own URL does not name one; by default, the calling app. */
  startApp?: string | undefined;
  /** The environment variables. The server reads missing ones from `environmentFile`. */
  environment: Record<string, string | undefined>;
  environmentFile?: string;
  /** Names to use for the variables in error messages, such as option names. Default: the variables' own names. */
  variableNames?: Partial<Record<Variable, string>>;
  /** Builds the pages. Must call `built` after each build of a page, so that the open pages reload or show the errors. */
  build?: (target: { pages: string; built: (page: string, build: Build) => void }) => Promise<void>;
  /**
   * Whether the server notifies the open pages of builds and of changes to its state; true by default. If false, an open page
   * does not receive the calls that other open pages store.
   */
  sendsEvents?: boolean;
  /** The time limit for receiving a request, including its body. */
  requestTimeoutMs?: number;
};

/**
 * Opens the ports, builds the pages, and then answers requests. Requests that arrive earlier wait.
 * @throws an Error if a port is invalid or busy, if a file is invalid, cannot be read or is in use by another server, if the
 * webhook's URL is invalid, or if a page cannot be built
 */
export async function openServer(options: ServerOptions) {
  const { certificateFolder } = options;
  const environment = readVariables(options);
  const certificate = certificateFolder === undefined ? undefined : await tryCertificate(certificateFolder);
  const { listener, start } = createWaitingListener();
  // Open the ports first: only the server that owns the ports may write to the folder with the pages.
  const ports = await openPorts(options, environment, listener, certificate);
  const { simulator, app, urls } = addressesOf(ports);

  if (certificate?.created) {
    const trust = 'To trust it, see "Certificate" in src/server/README.md.';
    console.log(`Created a certificate in ${certificateFolder}, because ${certificate.created}. ${trust}`);
  }
  let lock: Lock | undefined;
  const close = async () => void (await Promise.all([ports.close(), lock?.close()]));
  try {
    const { pages, store: storeFile } = options.paths(ports.http);
    if (storeFile !== undefined) lock = await openLock(storeFile);
    const events = createServerEvents();
    const webhook = {
      url: environment.WEBHOOK_URL || `${app}webhook`,
      // Without the app's secret, the webhook and the simulator share a random secret, so the simulator's requests are valid.
      secret: environment.HUBSPOT_CLIENT_SECRET || randomBytes(32).toString("hex"),
    };
    const { headers, phoneNumbersFile, sendsEvents = true, startApp } = options;
    const ca = certificate?.ca;
    const files = { pages, storeFile, phoneNumbersFile };
    const shared = { files, headers, webhook, ca, simulator };
    const pagesListener = createPagesListener({ ...shared, events, sendsEvents, startApp });
    await options.build?.({ pages, built: createBuildReport((builds) => events.send("built", builds)) });
    start(pagesListener);
  } catch (error) {
    // Otherwise, the ports would stay open, but requests would never be answered.
    await close();
    throw error;
  }
  return { simulator, app, urls, close };
}

/** Returns undefined if the certificate's files cannot be read or written, because only HubSpot itself needs https. */
async function tryCertificate(folder: string) {
  try {
    return await loadCertificate(folder);
  } catch (error) {
    if (!(error instanceof CertificateError)) throw error;
    console.error(`https is off, because ${error.message}`);
    return undefined;
  }
}

function readVariables({ environment, environmentFile }: ServerOptions): Environment {
  const inFile = environmentFile === undefined ? {} : readEnvironment(environmentFile, variables);
  return Object.fromEntries(variables.map((name) => [name, environment[name] ?? inFile[name]]));
}

/** Creates a listener that holds requests until `start` sets the listener that answers them. */
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
    ...(app === appOverHttp ? [] : [{ what: "calling app, http", url: appOverHttp }]),
  ];
  return { simulator, app, urls };
}

function readPort(name: string, text: string): number {
  const port = parsePort(text);
  if (port === undefined) throw new Error(`${name}: invalid port "${text}"; use ${portRule}`);
  return port;
}

/** Returns undefined for a URL that cannot be parsed; createWebhook reports such a URL. */
function hostOf(url = ""): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

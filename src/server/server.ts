// Serves the pages on this machine: https://localhost:9025/ is what HubSpot frames, http://localhost:9026/ the same
// without a certificate. Both listeners answer alike, to this machine only.
import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { readEnvironment } from "../node/environment.ts";
import { createApi } from "../simulator/api/api.ts";
import { createPageApi } from "../simulator/api/internal-api.ts";
import { callersOf } from "../simulator/session/crm-records.ts";
import { createWebhook } from "../webhook/webhook.ts";
import { openCertificate } from "./certificate.ts";
import { listener } from "./fetch-adapter.ts";
import { serveFiles } from "./files.ts";
import { fetchTrusting, lookAt } from "./local-https-fetch.ts";
import { openPhoneNumbers } from "./phone-numbers.ts";
import { listen } from "./ports.ts";
import { openFollowers } from "./server-events.ts";
import { openStore } from "./store.ts";

export { openBrowser } from "./open-browser.ts";

const loopback = "127.0.0.1";
/** The account that the simulator's endpoints answer for: none of them names one. */
const portalId = 62515;

/** The ports, 0 for any that is free, and what the webhook is signed by. */
const variables = ["PORT", "HTTP_PORT", "WEBHOOK_URL", "HUBSPOT_CLIENT_SECRET"] as const;

type Variable = (typeof variables)[number];

type Settings = {
  /**
   * The folder with the pages, each in one of its own, and the file of the state, of the server that has this HTTP port;
   * without a file the state is in memory alone.
   */
  places: (httpPort: number) => { pages: string; store?: string | undefined };
  /** Where the certificate is, or is made; without it there is no https. */
  certs?: string | undefined;
  /** Sent with every file. */
  headers: Record<string, string>;
  /** The file of the numbers that the webhook gives. */
  phoneNumbers: string;
  /** Where the variables above are looked for, and the file that has those that are not there. */
  environment: Record<string, string | undefined>;
  environmentFile?: string;
  /** What chooses a port, as it is called where the server was started; else the variable. */
  names?: Partial<Record<Variable, string>>;
  /** Puts the pages into their folder, if they are not there; `built` tells the open pages that there is a newer one. */
  build?: (at: { pages: string; built: () => void }) => Promise<void>;
  /** Milliseconds in which a request must have come, head and body. */
  patience?: number;
};

/**
 * Takes the ports, has the pages built, answers from then on and gives the addresses; whoever asked before waits.
 * `close` ends it.
 * @throws an Error in one line: a port that is none or busy, a file that cannot be read or says nothing of use.
 */
export async function openServer(settings: Settings) {
  const { certs, headers, names = {}, environmentFile, patience = 30_000 } = settings;
  const inFile = environmentFile === undefined ? {} : readEnvironment(environmentFile, variables);
  const environment = Object.fromEntries(variables.map((name) => [name, settings.environment[name] ?? inFile[name]]));
  const certificate = certs === undefined ? undefined : await openCertificate(certs);
  // What a tunnel brings to the webhook is for the host in its public URL.
  const tunnel = { host: hostOf(environment.WEBHOOK_URL), path: "/webhook" };
  const shared = { patience, tunnel };

  let begin = (_: RequestListener) => {};
  const begun = new Promise<RequestListener>((resolve) => {
    begin = resolve;
  });
  const answer: RequestListener = async (request, response) => (await begun)(request, response);
  // The ports first: who has them has the folder.
  const chosen = (variable: "PORT" | "HTTP_PORT", usual: number) => {
    const name = names[variable] ?? variable;
    return { port: portOf(name, environment[variable] ?? `${usual}`), variable: name, ...shared };
  };
  const https = certificate && (await listen({ ...chosen("PORT", 9025), tls: certificate }, answer));
  const http = await listen(chosen("HTTP_PORT", 9026), answer).catch(async (error) => {
    await https?.close();
    throw error;
  });
  const simulator = `http://${loopback}:${http.port}/`;
  const withoutTls = `http://localhost:${http.port}/`;
  const own = https ? `https://localhost:${https.port}/` : withoutTls;

  if (certificate?.made) {
    const trust = 'To trust it once and for all, see "Certificate" in src/server/README.md';
    console.log(`Made a certificate: ${certificate.made}. ${trust}; it is in ${certs}.`);
  }
  const close = async () => void (await Promise.all([https?.close(), http.close()]));
  // Else the ports would stay taken, by a server that answers nothing.
  begin(
    await furnish().catch(async (error) => {
      await close();
      throw error;
    }),
  );

  /** What answers: made of files, each of which may be missing or broken. */
  async function furnish(): Promise<RequestListener> {
    const { pages, store: file } = settings.places(http.port);
    const followers = openFollowers();
    const store = openStore(file, () => followers.tell("changed"));

    // Without a secret of the app's, one for this run, which the simulator knows too: the webhook is never unsigned.
    const secret = environment.HUBSPOT_CLIENT_SECRET || randomBytes(32).toString("hex");
    const webhook = createWebhook({
      url: environment.WEBHOOK_URL || `${own}webhook`,
      secret,
      phoneNumbers: openPhoneNumbers(settings.phoneNumbers),
    });
    const api = createApi({ store, matchesOf: (number) => callersOf(number, portalId) });
    const pageApi = createPageApi({ store, secret, fetch: fetchTrusting(certificate?.ca), look: lookAt });
    const computed = listener(async (request) => {
      const { hostname, pathname } = new URL(request.url);
      if (pathname === "/webhook") return webhook(request);
      return hostname === loopback ? ((await api(request)) ?? pageApi(request)) : undefined;
    });

    const app = serveFiles(join(pages, "app"), headers);
    const hubspot = serveFiles(join(pages, "simulator"), headers);

    /** 127.0.0.1 is HubSpot, every other name the app: two sites to the browser, as app and HubSpot are. */
    const serve: RequestListener = (request, response) => {
      const { url = "" } = request;
      if (/^\/(webhook$|webhook\?|crm\/|simulator\/)/.test(url)) return computed(request, response);
      if (url === "/events") return followers.add(response);
      if (url === "/simulator") return void response.writeHead(302, { location: simulator }).end();
      const isSimulator = request.headers.host?.startsWith(loopback);
      if (isSimulator && url.startsWith("/calling-integration-popup-ui/")) request.url = "/";
      return (isSimulator ? hubspot : app)(request, response);
    };

    await settings.build?.({ pages, built: () => followers.tell("built") });
    return serve;
  }

  const urls = [
    { what: "HubSpot simulator", url: simulator },
    ...(https ? [{ what: "calling app", url: own }] : []),
    { what: https ? "the same, http" : "calling app", url: withoutTls },
  ];
  return { simulator, app: own, urls, close };
}

function portOf(name: string, text: string): number {
  if (/^\d{1,5}$/.test(text) && Number(text) < 65536) return Number(text);
  throw new Error(`${name} must be a port, a whole number from 1 to 65535, or 0 for any that is free, not "${text}".`);
}

/** Whether it is a URL is said where it is used. */
function hostOf(url = ""): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

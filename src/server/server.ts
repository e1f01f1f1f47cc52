// Serves the pages on this machine: https://localhost:9025/ is what HubSpot frames, http://localhost:9026/ the same
// without a certificate. Both listeners answer alike, to this machine only.
import { randomBytes } from "node:crypto";
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { createApi } from "../hubspot/api/api.ts";
import { createPageApi } from "../hubspot/api/page-api.ts";
import { callersOf } from "../hubspot/session/records.ts";
import { createWebhook } from "../webhook/webhook.ts";
import { openCertificate } from "./certificate.ts";
import { readEnvironment } from "./environment.ts";
import { serveFiles } from "./files.ts";
import { openFollowers } from "./followers.ts";
import { listen } from "./listen.ts";
import { listener } from "./listener.ts";
import { openPhoneNumbers } from "./phone-numbers.ts";
import { openStore } from "./store.ts";
import { fetchTrusting, lookAt } from "./trusting-fetch.ts";

const loopback = "127.0.0.1";
/** The account that the stand-in's endpoints answer for: none of them names one. */
const portalId = 62515;

/** The ports, 0 for any that is free, and what the webhook is signed by. */
const variables = ["PORT", "HTTP_PORT", "WEBHOOK_URL", "HUBSPOT_CLIENT_SECRET"] as const;

type Settings = {
  /** Where each server has a folder of its own, by its HTTP port, with its pages and its state. */
  folder: string;
  /** Where the certificate is. */
  certs: string;
  /** Sent with every file. */
  headers: Record<string, string>;
  /** The file of the numbers that the webhook gives. */
  phoneNumbers: string;
  /** Where the variables above are looked for, and the file that has those that are not there. */
  environment: Record<string, string | undefined>;
  environmentFile: string;
  /**
   * Puts each page into a folder of its own in this one; `built` tells the open pages that there is a newer one, and
   * `standIn` is the stand-in's address.
   */
  build: (at: { folder: string; standIn: string; built: () => void }) => Promise<void>;
  /** Milliseconds in which a request must have come, head and body. */
  patience?: number;
};

/**
 * Takes both ports, has the pages built, answers from then on and gives the addresses; whoever asked before waits.
 * @throws an Error in one line: a port that is none or busy, a file that cannot be read or says nothing of use.
 */
export async function openServer(settings: Settings) {
  const { certs, headers, patience = 30_000 } = settings;
  const inFile = readEnvironment(settings.environmentFile, variables);
  const environment = Object.fromEntries(variables.map((name) => [name, settings.environment[name] ?? inFile[name]]));
  const { made, ...certificate } = await openCertificate(certs);
  // What a tunnel brings to the webhook is for the host in its public URL.
  const tunnel = { host: hostOf(environment.WEBHOOK_URL), path: "/webhook" };
  const shared = { patience, tunnel };

  let begin = (_: RequestListener) => {};
  const begun = new Promise<RequestListener>((resolve) => {
    begin = resolve;
  });
  const answer: RequestListener = async (request, response) => (await begun)(request, response);
  // The ports first: who has them has the folder.
  const https = { port: portOf("PORT", 9025, environment), variable: "PORT", tls: certificate, ...shared };
  const http = { port: portOf("HTTP_PORT", 9026, environment), variable: "HTTP_PORT", ...shared };
  const ports = { https: await listen(https, answer), http: await listen(http, answer) };

  const folder = join(settings.folder, `${ports.http}`);
  const store = openStore(join(folder, "hubspot.json"));
  const followers = openFollowers();
  store.onChange(() => followers.tell("changed"));

  // Without a secret of the app's, one for this run, which the stand-in knows too: the webhook is never unsigned.
  const secret = environment.HUBSPOT_CLIENT_SECRET || randomBytes(32).toString("hex");
  const webhook = createWebhook({
    url: environment.WEBHOOK_URL || `https://localhost:${ports.https}/webhook`,
    secret,
    phoneNumbers: openPhoneNumbers(settings.phoneNumbers),
  });
  const api = createApi({ store, matchesOf: (number) => callersOf(number, portalId) });
  const pageApi = createPageApi({ store, secret, fetch: fetchTrusting(certificate.ca), look: lookAt });
  const computed = listener(async (request) => {
    const { hostname, pathname } = new URL(request.url);
    if (pathname === "/webhook") return webhook(request);
    return hostname === loopback ? ((await api(request)) ?? pageApi(request)) : undefined;
  });

  const app = serveFiles(join(folder, "app"), headers);
  const hubspot = serveFiles(join(folder, "hubspot"), headers);

  /** 127.0.0.1 is HubSpot, every other name the app: two sites to the browser, as app and HubSpot are. */
  const serve: RequestListener = (request, response) => {
    const { url = "" } = request;
    if (/^\/(webhook$|webhook\?|crm\/|stand-in\/)/.test(url)) return computed(request, response);
    if (url === "/events") return followers.add(response);
    const isStandIn = request.headers.host?.startsWith(loopback);
    if (isStandIn && url.startsWith("/calling-integration-popup-ui/")) request.url = "/";
    return (isStandIn ? hubspot : app)(request, response);
  };

  const standIn = `http://${loopback}:${ports.http}/`;
  await settings.build({ folder, standIn, built: () => followers.tell("built") });
  begin(serve);
  if (made) console.log(`Made a certificate: ${made}. To trust it once and for all, see "Certificate" in the README.`);
  return [
    { what: "HubSpot stand-in", url: standIn },
    { what: "calling app", url: `https://localhost:${ports.https}/` },
    { what: "the same, http", url: `http://localhost:${ports.http}/` },
  ];
}

function portOf(
  variable: "PORT" | "HTTP_PORT",
  usual: number,
  environment: Record<string, string | undefined>,
): number {
  const text = environment[variable] ?? `${usual}`;
  if (/^\d{1,5}$/.test(text) && Number(text) < 65536) return Number(text);
  throw new Error(
    `${variable} must be a port, a whole number from 1 to 65535, or 0 for any that is free, not "${text}".`,
  );
}

/** Whether it is a URL is said where it is used. */
function hostOf(url = ""): string | undefined {
  return URL.canParse(url) ? new URL(url).host : undefined;
}

// Serves the pages on this machine: https://localhost:9025/ is what HubSpot frames, http://localhost:9026/ the same
// without a certificate. Both listeners answer alike, to this machine only. Files are http-server's work.
import { randomBytes } from "node:crypto";
import { createServer, type IncomingMessage, Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { join } from "node:path";
import { createServer as createFileServer } from "http-server";
import { createApi } from "../hubspot/api/api.ts";
import { createPageApi } from "../hubspot/api/page-api.ts";
import { callersOf } from "../hubspot/session/records.ts";
import { createWebhook } from "../webhook/webhook.ts";
import { openCertificate } from "./certificate.ts";
import { listener } from "./listener.ts";
import { openPhoneNumbers } from "./phone-numbers.ts";
import { openStore } from "./store.ts";
import { fetchTrusting, lookAt } from "./trusting-fetch.ts";

const loopback = "127.0.0.1";
/** The account that the stand-in's endpoints answer for: none of them names one. */
const portalId = 62515;

type Settings = {
  /** Where each server has a folder of its own, by its HTTP port, with its pages and its state. */
  folder: string;
  /** Where the certificate is. */
  certs: string;
  /** Sent with every file. */
  headers: Record<string, string>;
  /** The numbers that the webhook gives. */
  phoneNumbers: string;
  /** PORT and HTTP_PORT choose the ports, WEBHOOK_URL and HUBSPOT_CLIENT_SECRET are what the webhook is signed by. */
  environment: Record<string, string | undefined>;
};

/**
 * Prepares both listeners. `listen` takes the ports, has the pages built, answers from then on and gives the addresses;
 * `built` tells the open pages that there is a newer one; `folder` is where the pages belong, each in one of its own.
 * @throws an Error in one line: a port that is none or busy, a certificate that cannot be read.
 */
export async function openServer({ folder: all, certs, headers, phoneNumbers, environment }: Settings) {
  const ports = { https: port("PORT", 9025, environment), http: port("HTTP_PORT", 9026, environment) };
  const folder = join(all, `${ports.http}`);
  const { key, cert, ca, made } = await openCertificate(certs);
  const app = fileServer(join(folder, "app"), headers);
  const hubspot = fileServer(join(folder, "hubspot"), headers);
  // Without a secret of the app's, one for this run, which the stand-in knows too: the webhook is never unsigned.
  const secret = environment.HUBSPOT_CLIENT_SECRET || randomBytes(32).toString("hex");
  const webhook = createWebhook({
    url: environment.WEBHOOK_URL || `https://localhost:${ports.https}/webhook`,
    secret,
    phoneNumbers: openPhoneNumbers(phoneNumbers),
  });
  const store = await openStore(join(folder, "hubspot.json"));
  const api = createApi({ store, matchesOf: (number) => callersOf(number, portalId) });
  const pageApi = createPageApi({ store, secret, fetch: fetchTrusting(ca), look: lookAt });
  const followers = new Set<ServerResponse>();
  let build = 0;
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });

  const answer = listener(async (request) => {
    await begun;
    const { hostname, pathname } = new URL(request.url);
    if (pathname === "/webhook") return webhook(request);
    return hostname === loopback ? ((await api(request)) ?? pageApi(request)) : undefined;
  }, serveFile);

  /** 127.0.0.1 is HubSpot, every other name the app: two sites to the browser, as app and HubSpot are. */
  function serveFile(request: IncomingMessage, response: ServerResponse): void {
    if (request.url === "/events") {
      follow(response);
      return;
    }
    // http-server answers these with a page that names its folder.
    if (request.url?.includes("%00")) {
      response.writeHead(404).end();
      return;
    }
    // http-server 14 looks for these two on the response, where Node 20 and 22 warn whoever asks.
    const own = { value: {}, writable: true };
    Object.defineProperties(response, { _headers: own, _headerNames: own });
    const isStandIn = /^127\.0\.0\.1(:\d+)?$/.test(request.headers.host ?? "");
    if (isStandIn && request.url?.startsWith("/calling-integration-popup-ui/")) request.url = "/";
    (isStandIn ? hubspot : app).emit("request", request, response);
  }

  function follow(response: ServerResponse): void {
    response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
    response.write(`event: built\ndata: ${build}\n\n`);
    followers.add(response);
    response.on("close", () => followers.delete(response));
  }

  function tell(event: string, data: number): void {
    for (const response of followers) response.write(`event: ${event}\ndata: ${data}\n\n`);
  }

  function built(): void {
    build = Date.now();
    tell("built", build);
  }
  store.onChange(() => tell("changed", Date.now()));

  // The ports first: who has them has the folder.
  async function listen(buildPages: (at: { standIn: string }) => Promise<void>) {
    const standIn = `http://${loopback}:${ports.http}/`;
    await start(secure(key, cert, certs).on("request", answer), ports.https, "PORT");
    await start(createServer(answer), ports.http, "HTTP_PORT");
    await buildPages({ standIn });
    begin();
    if (made) console.log(`Made a certificate. To trust it once and for all, see "Certificate" in the README.`);
    return [
      { what: "HubSpot stand-in", url: standIn },
      { what: "calling app", url: `https://localhost:${ports.https}/` },
      { what: "the same, http", url: `http://localhost:${ports.http}/` },
    ];
  }

  return { folder, built, listen };
}

function port(variable: string, usual: number, environment: Settings["environment"]): number {
  const number = Number(environment[variable] ?? usual);
  if (Number.isInteger(number) && number > 0 && number < 65536) return number;
  throw new Error(`${variable} must be a port, a whole number from 1 to 65535, not "${environment[variable]}".`);
}

function secure(key: string, cert: string, certs: string): Server {
  try {
    return createSecureServer({ key, cert });
  } catch (error) {
    throw new Error(`The key and certificate in ${certs}/ do not work; delete both and start again. ${error}`);
  }
}

/** http-server's listener, without its port: its own request objects cannot be read by anything but itself. */
function fileServer(root: string, headers: Record<string, string>): Server {
  const files = createFileServer({ root, headers: { ...headers }, cache: -1, showDir: "false" });
  if ("server" in files && files.server instanceof Server) return files.server;
  throw new Error("http-server has no server to hand requests to; the version in package.json has.");
}

function start(server: Server, number: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.on("error", (error) => {
      const busy = "code" in error && error.code === "EADDRINUSE";
      reject(
        busy ? new Error(`Port ${number} is busy: stop what uses it, or choose another with ${variable}.`) : error,
      );
    });
    server.listen(number, loopback, resolve);
  });
}

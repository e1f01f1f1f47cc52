// Answers the requests on both ports, for pages, the APIs, the webhook and server-sent events.
import type { RequestListener } from "node:http";
import { join } from "node:path";
import { startAppTiming } from "../http/start-app-timing.ts";
import { createLocalHttpsFetch, fetchHeaders } from "../node/local-https-fetch.ts";
import { createApi } from "../simulator/api/api.ts";
import { createInternalApi } from "../simulator/api/internal-api.ts";
import { callersOf } from "../simulator/crm/crm-records.ts";
import { sampleRecords } from "../simulator/crm/sample-records.ts";
import { createWebhook } from "../webhook/webhook.ts";
import { createRequestListener } from "./fetch-adapter.ts";
import { createFileListener } from "./files.ts";
import { framePolicy } from "./frame-policy.ts";
import { createNumbersLookup } from "./phone-numbers.ts";
import type { createServerEvents } from "./server-events.ts";
import { createStore } from "./store.ts";

/**
 * The server serves the simulator at this hostname and the app at all others, so browsers treat the two as different sites,
 * just as they treat HubSpot and an app.
 */
export const simulatorHostname = "127.0.0.1";

/** The account id that a caller ID match contains. It is a constant, because HubSpot's API paths do not contain an account id. */
const portalId = 62515;

interface PagesOptions {
  files: { pages: string; storeFile: string | undefined; phoneNumbersFile: string | undefined };
  headers: Record<string, string>;
  webhook: { url: string; secret: string };
  /** The certificate of the CA that signed the server's certificate, as PEM. */
  ca: string | undefined;
  simulator: string;
  events: ReturnType<typeof createServerEvents>;
  sendsEvents: boolean;
  /** The URL of the app that the simulator loads if its own URL does not name one. */
  startApp: string | undefined;
}

/** @throws an Error if a file is missing or invalid (with the file's path), or if the webhook's URL is invalid */
export function createPagesListener(options: PagesOptions): RequestListener {
  const { files, headers, simulator, events, sendsEvents, startApp } = options;
  const endpoints = createRequestListener(createEndpointsHandler(options));
  const appPage = createFileListener(join(files.pages, "app"), headers);
  const simulatorPage = createFileListener(join(files.pages, "simulator"), headers);

  return (request, response) => {
    const { url = "", method = "" } = request;
    const isSimulator = request.headers.host?.startsWith(simulatorHostname) === true;
    const withApp = isSimulator ? addressWithApp(url, startApp) : undefined;
    if (/^\/simulator\/?$/.test(url)) {
      response.writeHead(302, { location: simulator }).end();
    } else if (/^\/(webhook$|webhook\?|crm\/|simulator\/)/.test(url)) {
      endpoints(request, response);
    } else if (url === "/events") {
      if (sendsEvents) events.answer(method, response);
      else response.writeHead(204).end(); // 204 stops the page from reconnecting.
    } else if (!isSimulator) {
      appPage(request, response);
    } else if (withApp !== undefined) {
      response.writeHead(302, { location: withApp }).end();
    } else {
      // The URL of HubSpot's calling window has this path.
      if (url.startsWith("/calling-integration-popup-ui/")) request.url = "/";
      for (const [name, value] of Object.entries(framePolicy(url))) response.setHeader(name, value);
      // Tells the page that the server redirects a URL without `app`.
      if (startApp !== undefined) response.setHeader("server-timing", startAppTiming);
      simulatorPage(request, response);
    }
  };
}

/** Returns the URL to redirect to, or undefined if no redirect is needed. */
function addressWithApp(url: string, app: string | undefined): string | undefined {
  if (app === undefined || !/^\/(\?|$)/.test(url)) return undefined;
  const parameters = new URLSearchParams(url.slice(2));
  if (parameters.has("app")) return undefined;
  parameters.set("app", app);
  return `/?${parameters}`;
}

function createEndpointsHandler({ files, webhook, ca, events }: PagesOptions) {
  const store = createStore(files.storeFile, () => events.send("changed", ""));
  const numbersWebhook = createWebhook({ ...webhook, phoneNumbers: createNumbersLookup(files.phoneNumbersFile) });
  const api = createApi({ store, matchesOf: (number) => callersOf(sampleRecords, number, portalId) });
  const internalApi = createInternalApi({ store, webhook, fetch: createLocalHttpsFetch(ca), fetchHeaders });

  return async (request: Request): Promise<Response | undefined> => {
    const { hostname, pathname } = new URL(request.url);
    if (pathname === "/webhook") return numbersWebhook(request);
    if (hostname !== simulatorHostname) return undefined;
    return (await api(request)) ?? internalApi(request);
  };
}

// The endpoints under /simulator/, which HubSpot does not have. The simulator's page calls these endpoints.
import { noContent, reply } from "../../http/body.ts";
import { crossSiteHeaders, isCrossSite } from "../../http/cross-site.ts";
import type { Fetch, HeadersFetcher } from "../../http/fetch.ts";
import { isLoopback } from "../../http/loopback.ts";
import { type NumbersRequest, numbersRequest } from "../../http/numbers-request.ts";
import { object } from "../../http/schema.ts";
import { whyUnreachable } from "../../http/unreachable.ts";
import { isLater } from "../../protocol/call-states.ts";
import { errorResponse, fieldErrorsResponse } from "./errors.ts";
import { callWebhook } from "./numbers-webhook-client.ts";
import { createEndpoints, type Guard, type RouteContext, withBody } from "./routes.ts";
import { type Call, call, changedSince, type Store, withCall, withoutCall } from "./state.ts";

export interface InternalApiOptions {
  store: Store;
  /** The URL of the server's own webhook, and the client secret with which the server signs its requests to webhooks. */
  webhook: { url: string; secret: string };
  fetch?: Fetch;
  fetchHeaders: HeadersFetcher;
  now?: () => number;
}

const headersTimeoutMs = 3000;

/**
 * Returns a function that answers requests under /simulator/, and returns undefined for other paths. Error responses have
 * the same shape as HubSpot's.
 * - `GET state` returns the State. `?since=`, a Unix time in milliseconds, leaves out calls that have not changed since then.
 * - `PUT calls/{engagementId}` stores a Call or merges it into the stored Call, and returns the result. `updatedAt` is the time
 *   of the change in the page.
 * - `DELETE calls/{engagementId}` deletes a call, and `DELETE calls` deletes all calls.
 * - `POST numbers` expects a NumbersRequest, calls the app's webhook, and returns a WebhookExchange.
 * - `GET webhook` returns `{url}`, the URL of the server's own webhook.
 * - `GET headers?url=` requests the URL, and returns `{status, headers}` or `{error}`. If Node does not trust the
 *   certificate, the field `untrusted` contains the reason. A browser may trust the certificate.
 */
export function createInternalApi(options: InternalApiOptions) {
  const { store, webhook, fetch = globalThis.fetch, fetchHeaders, now = Date.now } = options;

  async function putCall(update: Call, { id }: RouteContext): Promise<Response> {
    if (`${update.engagementId}` !== id) return errorResponse(400, `engagementId: must be ${id}, as in the path`);
    const stored = store.get().calls[id];
    const merged = stored ? merge(stored, update) : update;
    // As long as the page's copy lacks the API's change, the page must fetch the call.
    const by = stored?.by === "api" && !isSame(merged, update) ? "api" : "page";
    const result: Call = { ...merged, updatedAt: now(), by };
    await store.set(withCall(store.get(), result));
    return reply(200, result);
  }

  async function requestNumbers(body: NumbersRequest): Promise<Response> {
    const url = store.get().apps[body.appId]?.channelConnection?.url;
    if (url) return reply(200, await callWebhook({ url, secret: webhook.secret, body, fetch }));
    const remedy = "register one with: npm run settings -- channel-connection create";
    return errorResponse(404, `No webhook is registered for app ${body.appId}; ${remedy}`);
  }

  async function deleteCall({ id }: RouteContext): Promise<Response> {
    await store.set(withoutCall(store.get(), id));
    return noContent();
  }

  async function deleteCalls(): Promise<Response> {
    await store.set({ ...store.get(), calls: {} });
    return noContent();
  }

  return createEndpoints({
    under: "/simulator/",
    guards: [ownPageOnly],
    resources: [
      {
        paths: ["/simulator/state"],
        methods: { GET: ({ query }) => reply(200, changedSince(store.get(), Number(query.get("since")) || 0)) },
      },
      { paths: ["/simulator/calls"], methods: { DELETE: deleteCalls } },
      { paths: ["/simulator/calls/:id{\\d+}"], methods: { PUT: withBody(call, putCall), DELETE: deleteCall } },
      {
        paths: ["/simulator/numbers"],
        methods: { POST: withBody(object(numbersRequest.entries), requestNumbers) },
      },
      { paths: ["/simulator/webhook"], methods: { GET: () => reply(200, { url: webhook.url }) } },
      {
        paths: ["/simulator/headers"],
        methods: { GET: ({ query }) => headersOf(query.get("url") ?? "", fetchHeaders) },
      },
    ],
  });
}

/**
 * Keeps the later state, because the page's copy of the call can be outdated, and requests can arrive in any order. Keeps
 * the API's changes to properties if the page made its update earlier.
 */
function merge({ cleared: clearedBefore = {}, ...stored }: Call, update: Call): Call {
  const { updatedAt = Number.POSITIVE_INFINITY } = update;
  // The page may set a cleared property to a new value, but not to its old value.
  const cleared = Object.entries(clearedBefore).filter(([name, value]) => (update.properties[name] ?? value) === value);
  const clearedValues = new Map(cleared);
  const properties = Object.entries(update.properties).filter(
    ([name, value]) => clearedValues.get(name) !== value && (stored.patchedAt?.[name] ?? 0) <= updatedAt,
  );
  return {
    ...stored,
    ...update,
    state: isLater(stored.state, update.state) ? stored.state : update.state,
    properties: { ...stored.properties, ...Object.fromEntries(properties) },
    ...(cleared.length > 0 ? { cleared: Object.fromEntries(cleared) } : {}),
  };
}

function isSame(one: Call, other: Call): boolean {
  const names = Object.keys({ ...one.properties, ...other.properties });
  return one.state === other.state && names.every((name) => one.properties[name] === other.properties[name]);
}

/**
 * Accepts requests from the simulator's page and from programs such as curl. Rejects requests from pages of other origins,
 * from the address bar, and through DNS rebinding.
 */
const ownPageOnly: Guard = ({ raw, url }) => {
  const isOwn = isLoopback(new URL(url).hostname) && !isCrossSite(raw) && raw.headers.get("sec-fetch-site") !== "none";
  return isOwn ? undefined : errorResponse(403, "In a browser, only the simulator's page may call this endpoint");
};

/** Accepts only URLs on this machine, so that the simulator cannot serve as a proxy to other servers. */
async function headersOf(url: string, fetchHeaders: HeadersFetcher): Promise<Response> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url) || !isLoopback(new URL(url).hostname)) {
    return fieldErrorsResponse([{ message: "must be an http or https URL on this machine", in: "url" }]);
  }
  try {
    const signal = AbortSignal.timeout(headersTimeoutMs);
    const { response, untrusted } = await fetchHeaders(url, { headers: crossSiteHeaders, redirect: "manual", signal });
    await response.body?.cancel();
    const page = { status: response.status, headers: Object.fromEntries(response.headers) };
    return reply(200, untrusted ? { ...page, untrusted: whyUnreachable(untrusted, headersTimeoutMs) } : page);
  } catch (error) {
    return reply(200, { error: whyUnreachable(error, headersTimeoutMs) });
  }
}

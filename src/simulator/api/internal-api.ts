// What the simulator's own page asks of its server, under /simulator/; nothing of it is HubSpot's.
import type * as v from "valibot";
import { noContent, reply } from "../../http/body.ts";
import { isLoopback } from "../../http/loopback.ts";
import { isLater } from "../../protocol/call-states.ts";
import { int64 } from "../calls/engagement.ts";
import { isCrossSite, refuse, refuseFaults } from "./errors.ts";
import { type Answer, askForNumbers, crossSite, type Fetch } from "./numbers-webhook-client.ts";
import { type Asked, type Guard, openEndpoints, taking } from "./routes.ts";
import { int32, object } from "./schemas.ts";
import { type Call, call, changedSince, type Store, withCall } from "./state.ts";
import { whyUnreachable } from "./unreachable.ts";

export interface PageApiOptions {
  store: Store;
  /** The client secret that webhooks are asked with. */
  secret: string;
  /** What calls webhooks; fetch itself, if absent. */
  fetch?: Fetch;
  /** What looks at a page of this machine. */
  look: Look;
  /** Milliseconds since 1970. */
  now?: () => number;
}

/** As fetch, for the headers alone; `untrusted` says why a certificate is not trusted, where that did not keep it off. */
export type Look = (
  url: string,
  init: { headers: Record<string, string>; redirect: "manual"; signal: AbortSignal },
) => Promise<{ response: Answer; untrusted?: unknown }>;

const who = object({ appId: int32, portalId: int64, userId: int64 });
/** Milliseconds. */
const headersTimeout = 3000;

/**
 * Answers what is under /simulator/, and nothing (undefined) for any other path. Refusals have HubSpot's shape.
 * `GET state`: the State; `?since=` (milliseconds since 1970) gives those calls alone that changed then or later.
 * `PUT calls/{engagementId}` with a Call: the Call as it is kept, its properties merged. `DELETE calls`: 204.
 * `POST numbers` with `{appId, portalId, userId}`: an Asking. `GET headers?url=`: `{status, headers}` or `{error}`;
 * `untrusted` beside the headers says why Node does not trust the certificate, which the browser may all the same.
 */
export function createPageApi({ store, secret, fetch = globalThis.fetch, look, now = Date.now }: PageApiOptions) {
  async function putCall(given: Call, { id }: Asked): Promise<Response> {
    if (`${given.engagementId}` !== id) return refuse(400, `engagementId: is not ${id}, as the path says`);
    const before = store.get().calls[id];
    const kept: Call = { ...(before ? merged(before, given) : given), updatedAt: now(), by: "page" };
    await store.set(withCall(store.get(), kept));
    return reply(200, kept);
  }

  async function numbers(asking: v.InferOutput<typeof who>): Promise<Response> {
    const { appId } = asking;
    const url = store.get().apps[appId]?.channelConnection?.url;
    if (!url)
      return refuse(404, `No webhook is registered for app ${appId}: npm run settings -- channel-connection create`);
    return reply(200, await askForNumbers({ url, secret, who: asking, fetch }));
  }

  async function forgetCalls(): Promise<Response> {
    await store.set({ ...store.get(), calls: {} });
    return noContent();
  }

  return openEndpoints({
    under: "/simulator/",
    guards: [fromElsewhere],
    resources: [
      {
        paths: ["/simulator/state"],
        methods: { GET: ({ query }) => reply(200, changedSince(store.get(), Number(query.get("since")) || 0)) },
      },
      { paths: ["/simulator/calls"], methods: { DELETE: forgetCalls } },
      { paths: ["/simulator/calls/:id{\\d+}"], methods: { PUT: taking(call, putCall) } },
      { paths: ["/simulator/numbers"], methods: { POST: taking(who, numbers) } },
      { paths: ["/simulator/headers"], methods: { GET: ({ query }) => headersOf(query.get("url") ?? "", look) } },
    ],
  });
}

/** Merged, so that the page undoes nothing that it has not yet heard of, in whatever order its requests come. */
function merged({ cleared: clearedBefore = {}, ...before }: Call, given: Call): Call {
  // Another value is the page's own, and after it the first one too.
  const cleared = Object.entries(clearedBefore).filter(([name, value]) => (given.properties[name] ?? value) === value);
  const old = new Map(cleared);
  const properties = Object.entries(given.properties).filter(([name, value]) => old.get(name) !== value);
  return {
    ...before,
    ...given,
    state: isLater(before.state, given.state) ? before.state : given.state,
    properties: { ...before.properties, ...Object.fromEntries(properties) },
    ...(cleared.length > 0 ? { cleared: Object.fromEntries(cleared) } : {}),
  };
}

/** The page itself may ask, or no page at all (curl), but not the address bar, nor a page under a name rebound to here. */
const fromElsewhere: Guard = ({ raw, url }) => {
  const isOwn = isLoopback(new URL(url).hostname) && !isCrossSite(raw) && raw.headers.get("sec-fetch-site") !== "none";
  return isOwn ? undefined : refuse(403, "Only the simulator's own page may ask this");
};

/** The body is not read; this machine alone is asked, so that the simulator is nobody's way into a network. */
async function headersOf(url: string, look: Look): Promise<Response> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url) || !isLoopback(new URL(url).hostname)) {
    return refuseFaults([{ message: "must be an http or https URL of this machine", in: "url" }]);
  }
  try {
    const signal = AbortSignal.timeout(headersTimeout);
    const { response, untrusted } = await look(url, { headers: crossSite, redirect: "manual", signal });
    await response.body?.cancel();
    const seen = { status: response.status, headers: Object.fromEntries(response.headers) };
    return reply(200, untrusted ? { ...seen, untrusted: whyUnreachable(untrusted, headersTimeout) } : seen);
  } catch (error) {
    return reply(200, { error: whyUnreachable(error, headersTimeout) });
  }
}

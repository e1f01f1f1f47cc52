// What the stand-in's own page asks of its server, under /stand-in/; nothing of it is HubSpot's.
import { reply } from "../../protocol/body.ts";
import { isLoopback } from "../../protocol/loopback.ts";
import { check, readJson, refuse } from "./answer.ts";
import { type Answer, askForNumbers, crossSite, type Fetch } from "./desk.ts";
import { int32, int64, object } from "./shapes.ts";
import { type Call, call, callState, type Store, withCall } from "./state.ts";
import { whyUnreachable } from "./unreachable.ts";

export interface PageApiOptions {
  store: Store;
  /** The client secret that webhooks are asked with. */
  secret: string;
  /** What calls webhooks; fetch itself, if absent. */
  fetch?: Fetch;
  /** What looks at a page of this machine; fetch itself, if absent. */
  look?: Look;
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
 * Answers what is under /stand-in/, and nothing (undefined) for any other path. Refusals have HubSpot's shape.
 * `GET state`: the State. `PUT calls/{engagementId}` with a Call: the Call as it is kept, its properties merged.
 * `POST numbers` with `{appId, portalId, userId}`: an Asking. `GET headers?url=`: `{status, headers}` or `{error}`;
 * `untrusted` beside the headers says why Node does not trust the certificate, which the browser may all the same.
 */
export function createPageApi({
  store,
  secret,
  fetch = globalThis.fetch,
  look = async (url, init) => ({ response: await globalThis.fetch(url, init) }),
  now = Date.now,
}: PageApiOptions) {
  async function putCall(id: string, body: unknown): Promise<Response> {
    const checked = check(call, body);
    if (checked instanceof Response) return checked;
    const { output } = checked;
    if (`${output.engagementId}` !== id) return refuse(400, `engagementId: is not ${id}, as the path says`);
    const kept: Call = { ...merged(store.get().calls[output.engagementId], output), updatedAt: now(), by: "page" };
    await store.set(withCall(store.get(), kept));
    return reply(200, kept);
  }

  async function numbers(body: unknown): Promise<Response> {
    const checked = check(who, body);
    if (checked instanceof Response) return checked;
    const { appId } = checked.output;
    const url = store.get().apps[appId]?.channelConnection?.url;
    if (!url)
      return refuse(404, `No webhook is registered for app ${appId}: npm run settings -- channel-connection create`);
    return reply(200, await askForNumbers({ url, secret, who: checked.output, fetch }));
  }

  const routes: [
    method: string,
    path: RegExp,
    answer: (request: Request, id: string) => Promise<Response> | Response,
  ][] = [
    ["GET", /^\/stand-in\/state$/, () => reply(200, store.get())],
    ["PUT", /^\/stand-in\/calls\/(\d+)$/, (request, id) => withBody(request, (body) => putCall(id, body))],
    ["POST", /^\/stand-in\/numbers$/, (request) => withBody(request, numbers)],
    ["GET", /^\/stand-in\/headers$/, ({ url }) => headersOf(new URL(url).searchParams.get("url") ?? "", look)],
  ];

  return async (request: Request): Promise<Response | undefined> => {
    const { pathname } = new URL(request.url);
    if (!pathname.startsWith("/stand-in/")) return undefined;
    if (!isOwn(request)) return refuse(403, "Only the stand-in's own page may ask this");
    for (const [method, path, answer] of routes) {
      const found = path.exec(pathname);
      if (!found) continue;
      if (request.method !== method) return refuse(405, `method: must be ${method}`, { headers: { allow: method } });
      return answer(request, found[1] ?? "");
    }
    return refuse(404, `Nothing is at ${pathname} here`);
  };
}

/** Merged, so that the page undoes nothing that it has not yet heard of, in whatever order its requests come. */
function merged(before: Call | undefined, given: Call): Call {
  if (!before) return given;
  const { cleared = {} } = before;
  const properties = Object.entries(given.properties).filter(([name, value]) => cleared[name] !== value);
  const place = ({ state }: Call) => callState.options.indexOf(state);
  return {
    ...before,
    ...given,
    state: place(before) > place(given) ? before.state : given.state,
    properties: { ...before.properties, ...Object.fromEntries(properties) },
  };
}

/**
 * Whether the page itself asks, or no page at all (curl). Old browsers and names that were rebound to this machine send
 * no Sec-Fetch-Site, so that Origin and the host have to be looked at too.
 */
function isOwn({ url, headers }: Request): boolean {
  if (!isLoopback(new URL(url).hostname)) return false;
  const site = headers.get("sec-fetch-site");
  return site === null ? !headers.has("origin") : site === "same-origin";
}

async function withBody(request: Request, answer: (body: unknown) => Promise<Response>): Promise<Response> {
  const read = await readJson(request);
  return read instanceof Response ? read : answer(read.body);
}

/** The body is not read; this machine alone is asked, so that the stand-in is nobody's way into a network. */
async function headersOf(url: string, look: Look): Promise<Response> {
  if (!/^https?:\/\//.test(url) || !URL.canParse(url) || !isLoopback(new URL(url).hostname)) {
    return refuse(400, "url: must be an http or https URL of this machine", {
      errors: [{ message: "must be an http or https URL of this machine", in: "url" }],
    });
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

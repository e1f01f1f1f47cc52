// The subset of fetch that the server's requests need. Both the platform's fetch and undici's match it.
import type { HttpMessage } from "./body.ts";

export type FetchedResponse = HttpMessage & { status: number; headers: Iterable<[name: string, value: string]> };

export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; redirect: "manual"; signal: AbortSignal },
) => Promise<FetchedResponse>;

/**
 * Fetches a page's status and headers. If the server's certificate is not trusted but is accepted anyway, `untrusted` is the
 * error from the normal fetch.
 */
export type HeadersFetcher = (
  url: string,
  init: { headers: Record<string, string>; redirect: "manual"; signal: AbortSignal },
) => Promise<{ response: FetchedResponse; untrusted?: unknown }>;

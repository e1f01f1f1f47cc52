// The subset of fetch that this project uses. It fits the platform's fetch and undici's, whose types differ.
import type { HttpMessage } from "./body.ts";

export type FetchedResponse = HttpMessage & { status: number; headers: Iterable<[name: string, value: string]> };

/** Sends text, and does not follow redirects. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; redirect: "manual"; signal: AbortSignal },
) => Promise<FetchedResponse>;

/**
 * Fetches the status and headers of a page. May accept a certificate that Node does not trust: `untrusted` is then the
 * error that fetch would have thrown.
 */
export type HeadersFetcher = (
  url: string,
  init: { headers: Record<string, string>; redirect: "manual"; signal: AbortSignal },
) => Promise<{ response: FetchedResponse; untrusted?: unknown }>;

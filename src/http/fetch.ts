// The parts of fetch that are used here. They fit the fetch of the platform and that of undici, whose types differ.
import type { HttpMessage } from "./body.ts";

export type FetchedResponse = HttpMessage & { status: number; headers: Iterable<[name: string, value: string]> };

/** Posts a text, and follows no redirect. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; redirect: "manual"; signal: AbortSignal },
) => Promise<FetchedResponse>;

/**
 * Fetches a page for its status and headers. A certificate that Node does not trust may be accepted: `untrusted` is
 * then the error that fetch would have thrown.
 */
export type HeadersFetcher = (
  url: string,
  init: { headers: Record<string, string>; redirect: "manual"; signal: AbortSignal },
) => Promise<{ response: FetchedResponse; untrusted?: unknown }>;

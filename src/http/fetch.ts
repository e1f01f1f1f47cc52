// The subset of fetch that this project uses. It fits both the platform's fetch and undici's.
import type { HttpMessage } from "./body.ts";

export type FetchedResponse = HttpMessage & { status: number; headers: Iterable<[name: string, value: string]> };

export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; redirect: "manual"; signal: AbortSignal },
) => Promise<FetchedResponse>;

/** Fetches a page's status and headers. If it accepts an untrusted certificate, `untrusted` is the error of a normal fetch. */
export type HeadersFetcher = (
  url: string,
  init: { headers: Record<string, string>; redirect: "manual"; signal: AbortSignal },
) => Promise<{ response: FetchedResponse; untrusted?: unknown }>;

// fetch for servers of this machine, whose certificates Node does not trust by itself.
import { rootCertificates } from "node:tls";
import { Agent, fetch } from "undici";
import type { Fetch, HeadersFetcher } from "../http/fetch.ts";
import { isLoopback } from "../http/loopback.ts";

/** fetch that also trusts the authority `ca` (PEM), but only for URLs of this machine. */
export function createLocalHttpsFetch(ca: string | undefined): Fetch {
  const dispatcher = createAgent({ ca: ca === undefined ? [...rootCertificates] : [...rootCertificates, ca] });
  return (url, init) => fetch(url, isOnThisMachine(url) ? { ...init, dispatcher } : init);
}

const trustingAgent = createAgent({ rejectUnauthorized: false });

/**
 * Accepts any certificate of this machine. Node refuses an untrusted certificate before it sends the request, so the
 * server sees one request.
 */
export const fetchHeaders: HeadersFetcher = async (url, init) => {
  try {
    return { response: await fetch(url, init) };
  } catch (error) {
    if (!url.startsWith("https:") || !isOnThisMachine(url)) throw error;
    return { response: await fetch(url, { ...init, dispatcher: trustingAgent }), untrusted: error };
  }
};

/** Keeps no connection: another server may listen at the same port by the next request. */
function createAgent(connect: { ca?: string[]; rejectUnauthorized?: boolean }): Agent {
  return new Agent({ pipelining: 0, connect });
}

const isOnThisMachine = (url: string) => isLoopback(new URL(url).hostname);

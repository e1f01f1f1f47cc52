// Fetch functions that accept untrusted certificates, but only from servers on this machine.
import { rootCertificates } from "node:tls";
import { Agent, fetch } from "undici";
import type { Fetch, HeadersFetcher } from "../http/fetch.ts";
import { isLoopback } from "../http/loopback.ts";

/** Creates a fetch function that also trusts the certificate authority `ca` (PEM), but only for URLs on this machine. */
export function createLocalHttpsFetch(ca: string | undefined): Fetch {
  const dispatcher = createAgent({ ca: ca === undefined ? [...rootCertificates] : [...rootCertificates, ca] });
  return (url, init) => fetch(url, isOnThisMachine(url) ? { ...init, dispatcher } : init);
}

const trustingAgent = createAgent({ rejectUnauthorized: false });

/**
 * If an https request to this machine fails, repeats the request without checking the certificate. Node rejects an untrusted
 * certificate before it sends the request, so the server receives only the second request in that case.
 */
export const fetchHeaders: HeadersFetcher = async (url, init) => {
  try {
    return { response: await fetch(url, init) };
  } catch (error) {
    if (!url.startsWith("https:") || !isOnThisMachine(url)) throw error;
    return { response: await fetch(url, { ...init, dispatcher: trustingAgent }), untrusted: error };
  }
};

/** The agent does not reuse connections, because another server may use the port by the time of the next request. */
function createAgent(connect: { ca?: string[]; rejectUnauthorized?: boolean }): Agent {
  return new Agent({ pipelining: 0, connect });
}

const isOnThisMachine = (url: string) => isLoopback(new URL(url).hostname);

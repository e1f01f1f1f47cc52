// Fetch functions that accept untrusted certificates, but only from servers on this machine. The first request loads undici,
// because loading it would take a quarter of the time that the server needs to start.
import { rootCertificates } from "node:tls";
import type { Agent } from "undici";
import type { Fetch, HeadersFetcher } from "../http/fetch.ts";
import { isLoopback } from "../http/loopback.ts";

/** Creates a fetch function that also trusts the certificate authority `ca` (PEM), but only for URLs on this machine. */
export function createLocalHttpsFetch(ca: string | undefined): Fetch {
  let agent: Promise<Agent> | undefined;
  return async (url, init) => {
    const { fetch } = await import("undici");
    if (!isOnThisMachine(url)) return fetch(url, init);
    agent ??= createAgent({ ca: ca === undefined ? [...rootCertificates] : [...rootCertificates, ca] });
    return fetch(url, { ...init, dispatcher: await agent });
  };
}

let trustingAgent: Promise<Agent> | undefined;

/**
 * If an https request to this machine fails, repeats the request without checking the certificate. Node rejects an untrusted
 * certificate before it sends the request, so the server receives only the second request in that case.
 */
export const fetchHeaders: HeadersFetcher = async (url, init) => {
  const { fetch } = await import("undici");
  try {
    return { response: await fetch(url, init) };
  } catch (error) {
    if (!url.startsWith("https:") || !isOnThisMachine(url)) throw error;
    trustingAgent ??= createAgent({ rejectUnauthorized: false });
    return { response: await fetch(url, { ...init, dispatcher: await trustingAgent }), untrusted: error };
  }
};

/** The agent does not reuse connections, because another server may use the port by the time of the next request. */
async function createAgent(connect: { ca?: string[]; rejectUnauthorized?: boolean }): Promise<Agent> {
  const { Agent } = await import("undici");
  return new Agent({ pipelining: 0, connect });
}

const isOnThisMachine = (url: string) => isLoopback(new URL(url).hostname);

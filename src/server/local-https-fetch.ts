// fetch that trusts more of this machine than Node's: our authority, which signed the certificate of https://localhost,
// or any certificate at all where nothing but headers is looked at.
import { rootCertificates } from "node:tls";
import { Agent, fetch } from "undici";
import { isLoopback } from "../http/loopback.ts";
import type { Look } from "../simulator/api/internal-api.ts";
import type { Fetch } from "../simulator/api/numbers-webhook-client.ts";

/** For URLs of this machine it trusts `ca` (PEM), if there is one, beside the usual authorities. */
export function fetchTrusting(ca: string | undefined): Fetch {
  const dispatcher = agent({ ca: ca === undefined ? [...rootCertificates] : [...rootCertificates, ca] });
  return (url, init) => fetch(url, isOfThisMachine(url) ? { ...init, dispatcher } : init);
}

const trustingAll = agent({ rejectUnauthorized: false });

/**
 * fetch for a look at what is served on this machine: it takes any certificate, and `untrusted` is why Node does not
 * trust it. What is wrong with a certificate shows before anything is asked, so that the server is asked once.
 */
export const lookAt: Look = async (url, init) => {
  try {
    return { response: await fetch(url, init) };
  } catch (untrusted) {
    if (!url.startsWith("https:") || !isOfThisMachine(url)) throw untrusted;
    return { response: await fetch(url, { ...init, dispatcher: trustingAll }), untrusted };
  }
};

/** Keeps no connection: the server at the other end may be another by the next time. */
function agent(connect: { ca?: string[]; rejectUnauthorized?: boolean }): Agent {
  return new Agent({ pipelining: 0, connect });
}

const isOfThisMachine = (url: string) => isLoopback(new URL(url).hostname);

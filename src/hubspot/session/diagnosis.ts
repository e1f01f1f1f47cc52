// Why a frame did not answer, as far as the headers of its page tell. No DOM.

import { isLoopback } from "../../protocol/loopback.ts";

/** What the server side learnt of the page: its status and headers, or why there are none. */
export type Seen =
  | {
      status: number;
      headers: { [name: string]: string | undefined };
      /** Why the server side does not trust its certificate; the browser may all the same. */
      untrusted?: string;
    }
  | { error: string };

/**
 * The likely reason why no SYNC_ACK came.
 * @param host origin of the page that frames
 * @param seen undefined where the page is not on this machine, and so was not asked
 */
export function reasonFor(url: string, host: string, seen: Seen | undefined): string {
  if (host.startsWith("https:") && url.startsWith("http:") && !isLoopback(new URL(url).hostname)) {
    return "the browser blocks http inside https (mixed content)";
  }
  if (!seen) return "the page does not load in a frame, or does not instantiate the SDK; the browser's console tells";
  if ("error" in seen) return `its server does not answer: ${seen.error}`;
  const refusal = refusalOf(url, host, seen.headers);
  if (refusal) return refusal;
  if (seen.status >= 400) return `its server answers ${seen.status}`;
  if (seen.status >= 300) return `it redirects to ${seen.headers.location}; only the page itself may, by setWidgetUrl`;
  if (seen.untrusted) return `its certificate may not be trusted: open it once in a tab of its own (${seen.untrusted})`;
  return "it loads, but does not instantiate the SDK";
}

/** Which of its headers keeps this origin from framing the page, in words; nothing, if none does. */
export function refusalOf(
  url: string,
  host: string,
  headers: { [name: string]: string | undefined },
): string | undefined {
  // Several policies come as one, with commas between; each has to admit the host.
  const policies = (headers["content-security-policy"] ?? "").matchAll(/frame-ancestors([^;,]*)/gi);
  const lists = [...policies].map(([, list = ""]) => list);
  const refusing = lists.find((list) => !admits(list, url, host));
  if (refusing !== undefined) {
    return `its Content-Security-Policy has frame-ancestors${refusing}, which does not admit ${host}`;
  }
  // With frame-ancestors, browsers do not look at X-Frame-Options; nor at a value that they do not know.
  const frameOptions = lists.length > 0 ? "" : (headers["x-frame-options"] ?? "");
  if (/deny/i.test(frameOptions) || (/sameorigin/i.test(frameOptions) && new URL(url).origin !== host)) {
    return `it is served with X-Frame-Options: ${frameOptions}`;
  }
  return undefined;
}

/** Whether a list of sources names the origin, as far as the forms in use go: *, an origin, a host, any port. */
function admits(ancestors: string, url: string, host: string): boolean {
  const { protocol, hostname, port } = new URL(host);
  return ancestors
    .trim()
    .split(/\s+/)
    .some((source) => {
      if (source === "*" || source === protocol) return true;
      if (/^'self'$/i.test(source)) return new URL(url).origin === host;
      const [, scheme, name = "", ofPort] = /^(?:(https?:)\/\/)?([^:/]+)(?::(\d+|\*))?\/?$/.exec(source) ?? [];
      if (scheme && scheme !== protocol) return false;
      const isHost = name.startsWith("*.") ? hostname.endsWith(name.slice(1)) : name === "*" || name === hostname;
      return isHost && (ofPort === "*" || (ofPort ?? "") === port);
    });
}

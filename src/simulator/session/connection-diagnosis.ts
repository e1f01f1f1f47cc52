// Why a frame did not answer, as far as the headers of its page tell. No DOM.

import { isLoopback } from "../../http/loopback.ts";

/** What the server side learnt of the page: its status and headers, or why there are none. */
export type Seen =
  | {
      status: number;
      headers: { [name: string]: string | undefined };
      /** Why the server side does not trust its certificate; the browser may all the same. */
      untrusted?: string;
    }
  | { error: string };

/** What hinders a page in a frame, with no need to wait for it; `mayAnswer` where it might speak all the same. */
export type Hindrance = { reason: string; mayAnswer: boolean };

/**
 * Why the page cannot answer, as far as that is sure before it was waited for.
 * @param host origin of the page that frames
 * @param seen undefined where the page is not on this machine, and so was not asked
 */
export function hindranceOf(url: string, host: string, seen: Seen | undefined): Hindrance | undefined {
  const sure = (reason: string) => ({ reason, mayAnswer: false });
  if (host.startsWith("https:") && url.startsWith("http:") && !isLoopback(new URL(url).hostname)) {
    return sure("the browser blocks http inside https (mixed content)");
  }
  if (!seen) return undefined;
  if ("error" in seen) {
    // Of a certificate or a slow answer the browser may think otherwise.
    return /ECONNREFUSED|ENOTFOUND|bad port/.test(seen.error)
      ? sure(`its server does not answer: ${seen.error}`)
      : undefined;
  }
  // Several policies come as one, with commas between; each has to admit the host.
  const policies = (seen.headers["content-security-policy"] ?? "").matchAll(/frame-ancestors([^;,]*)/gi);
  const lists = [...policies].map(([, list = ""]) => list);
  const refusing = lists.find((list) => !admits(list, url, host));
  if (refusing !== undefined) {
    return sure(`its Content-Security-Policy has frame-ancestors${refusing}, which does not admit ${host}`);
  }
  // With frame-ancestors, browsers do not look at X-Frame-Options; nor at a value that they do not know.
  const frameOptions = lists.length > 0 ? "" : (seen.headers["x-frame-options"] ?? "");
  if (/deny/i.test(frameOptions) || (/sameorigin/i.test(frameOptions) && new URL(url).origin !== host)) {
    return sure(`it is served with X-Frame-Options: ${frameOptions}`);
  }
  // Servers of one-page apps may answer 404 with the app itself.
  return seen.status >= 400 ? { reason: `its server answers ${seen.status}`, mayAnswer: true } : undefined;
}

/** The likely reason why no SYNC_ACK came in all the time; parameters as above. */
export function reasonFor(url: string, host: string, seen: Seen | undefined): string {
  const hindrance = hindranceOf(url, host, seen);
  if (hindrance) return hindrance.reason;
  if (!seen) return "the page does not load in a frame, or does not instantiate the SDK; the browser's console tells";
  if ("error" in seen) return `its server does not answer: ${seen.error}`;
  if (seen.status >= 300) return `it redirects to ${seen.headers.location}; only the page itself may, by setWidgetUrl`;
  if (seen.untrusted) return `its certificate may not be trusted: open it once in a tab of its own (${seen.untrusted})`;
  return "it loads, but does not instantiate the SDK";
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

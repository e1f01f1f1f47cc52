// Why a frame did not answer, as far as the headers of its page tell. No DOM.

/** What the server side learnt of the page: its status and headers, or why there are none. */
export type Seen = { status: number; headers: { [name: string]: string | undefined } } | { error: string };

/**
 * The likely reason why no SYNC_ACK came.
 * @param host origin of the page that frames
 * @param seen undefined where the page is not on this machine, and so was not asked
 */
export function reasonFor(url: string, host: string, seen: Seen | undefined): string {
  if (host.startsWith("https:") && url.startsWith("http:") && !isLoopback(url)) {
    return "the browser blocks http inside https (mixed content)";
  }
  if (!seen) return "the page does not load in a frame, or does not instantiate the SDK; the browser's console tells";
  if ("error" in seen) return `its server does not answer: ${seen.error}`;
  const frameOptions = seen.headers["x-frame-options"];
  if (frameOptions) return `it is served with X-Frame-Options: ${frameOptions}`;
  const ancestors = /frame-ancestors([^;]*)/i.exec(seen.headers["content-security-policy"] ?? "")?.[1];
  if (ancestors !== undefined && !admits(ancestors, host)) {
    return `its Content-Security-Policy has frame-ancestors${ancestors}, which does not admit ${host}`;
  }
  if (seen.status >= 400) return `its server answers ${seen.status}`;
  if (seen.status >= 300) return `it redirects to ${seen.headers.location}; only the page itself may, by setWidgetUrl`;
  if (url.startsWith("https:")) return "its certificate may not be trusted: open it once in a tab of its own";
  return "it loads, but does not instantiate the SDK";
}

function isLoopback(url: string): boolean {
  return /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(url).hostname);
}

/** Whether a list of sources names the origin, as far as the forms in use go: *, an origin, a host, any port. */
function admits(ancestors: string, host: string): boolean {
  const { protocol, hostname, port } = new URL(host);
  return ancestors
    .trim()
    .split(/\s+/)
    .some((source) => {
      if (source === "*" || source === protocol) return true;
      const [, scheme, name = "", ofPort] = /^(?:(https?:)\/\/)?([^:/]+)(?::(\d+|\*))?\/?$/.exec(source) ?? [];
      if (scheme && scheme !== protocol) return false;
      const isHost = name.startsWith("*.") ? hostname.endsWith(name.slice(1)) : name === hostname;
      return isHost && (ofPort === "*" || (ofPort ?? "") === port);
    });
}

// Finds out why the app does not answer, from its URL and its server's response. Does not use the DOM.

import { isLoopback } from "../../http/loopback.ts";

/** The response of the app's server, or the reason why there is no response. */
export type PageResponse =
  | {
      status: number;
      headers: { [name: string]: string | undefined };
      /** The reason why Node does not trust the certificate, which the browser may trust. */
      untrusted?: string;
    }
  | { error: string };

/** A problem that can prevent an answer to SYNC. If `mayAnswer` is true, the page may answer despite the problem. */
export type Diagnosis = { reason: string; mayAnswer: boolean };

/** Advice for a page that does not instantiate the SDK or does not send `initialized`. */
export const scriptErrorHint =
  "look for an error in the browser's console (for example, the browser may block storage in iframes)";

/**
 * Finds a problem before SYNC times out.
 * @param host the origin of the page that contains the iframe
 * @param response undefined if the simulator did not request the page, for example because the page is on another machine
 */
export function diagnosePage(url: string, host: string, response: PageResponse | undefined): Diagnosis | undefined {
  const certain = (reason: string) => ({ reason, mayAnswer: false });
  if (host.startsWith("https:") && url.startsWith("http:") && !isLoopback(new URL(url).hostname)) {
    return certain("the browser blocks http pages inside https pages (mixed content); serve the app over https");
  }
  if (!response) return undefined;
  if ("error" in response) {
    // The browser may still trust the certificate, or wait longer for a slow server.
    return /ECONNREFUSED|ENOTFOUND|bad port/.test(response.error)
      ? certain(`the request to the server failed: ${response.error}`)
      : undefined;
  }
  // A header can contain several policies, separated by commas. Each policy must allow the host.
  const policies = (response.headers["content-security-policy"] ?? "").matchAll(/frame-ancestors([^;,]*)/gi);
  const lists = [...policies].map(([, list = ""]) => list);
  const blocking = lists.find((list) => !allows(list, url, host));
  if (blocking !== undefined) {
    return certain(`the page's Content-Security-Policy has frame-ancestors${blocking}, which does not allow ${host}`);
  }
  // Browsers ignore X-Frame-Options if a policy has frame-ancestors, or if they do not know the value.
  const frameOptions = lists.length > 0 ? "" : (response.headers["x-frame-options"] ?? "");
  if (/deny/i.test(frameOptions) || (/sameorigin/i.test(frameOptions) && new URL(url).origin !== host)) {
    return certain(`the header X-Frame-Options: ${frameOptions} forbids loading the page in an iframe`);
  }
  // A single-page app's server may send the app with status 404.
  return response.status >= 400
    ? { reason: `the server answers with status ${response.status}`, mayAnswer: true }
    : undefined;
}

/** Returns the likely reason why the app did not answer SYNC in time. Takes the same parameters as `diagnosePage`. */
export function diagnoseTimeout(url: string, host: string, response: PageResponse | undefined): string {
  const diagnosis = diagnosePage(url, host, response);
  if (diagnosis) return diagnosis.reason;
  if (!response) return `the page does not load in an iframe, or does not instantiate the SDK; ${scriptErrorHint}`;
  if ("error" in response) return `the request to the server failed: ${response.error}`;
  if (response.status >= 300)
    return `the server redirects to ${response.headers.location}; to change the app's URL, call setWidgetUrl instead`;
  if (response.untrusted)
    return `the browser may not trust the server's certificate; open the URL in a new tab and click through the warning (${response.untrusted})`;
  return `the page loads, but does not instantiate the SDK; ${scriptErrorHint}`;
}

export function isRedirect(response: PageResponse | undefined): boolean {
  return response !== undefined && "status" in response && response.status >= 300 && response.status < 400;
}

/**
 * Returns the reason why a page that navigated by itself does not answer SYNC.
 * @param origin the next page's origin, if it is known and differs from the app's
 */
export function diagnoseMove(url: string, origin: string | undefined): string {
  const app = new URL(url).origin;
  return origin
    ? `the app's page navigated to ${origin}, but HubSpot sends SYNC only to ${app}`
    : "the app's page navigated to another page, which does not answer SYNC";
}

/** Supports only the common sources: *, 'self', http: or https:, and hosts with an optional scheme and port. */
function allows(ancestors: string, url: string, host: string): boolean {
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

/** The header that browsers send with a request to another site. The simulator and the check send this header to apps
 * and webhooks. */
export const crossSiteHeaders = { "sec-fetch-site": "cross-site" };

/**
 * Whether a page with another origin may have sent the request. Old browsers do not send Sec-Fetch-Site. If that header is
 * missing, an Origin header is treated as a sign of another origin.
 */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.has("origin") : site !== "same-origin" && site !== "none";
}

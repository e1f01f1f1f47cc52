/** The header that browsers send with a request to another site. The simulator sends it to apps and webhooks. */
export const crossSiteHeaders = { "sec-fetch-site": "cross-site" };

/**
 * Whether a page on another site sent the request. Old browsers do not send Sec-Fetch-Site; in their requests, an Origin
 * header indicates another site.
 */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.has("origin") : site !== "same-origin" && site !== "none";
}

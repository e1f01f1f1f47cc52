/** The header that browsers send with a request to another site. The simulator and the check send this header to apps
 * and webhooks. */
export const crossSiteHeaders = { "sec-fetch-site": "cross-site" };

/**
 * Whether the request may come from a page with another origin. Old browsers do not send Sec-Fetch-Site, so their requests
 * count as such if they have an Origin header.
 */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.has("origin") : site !== "same-origin" && site !== "none";
}

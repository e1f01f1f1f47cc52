/** A browser sends this with a request to another site. The simulator sends it to apps and webhooks. */
export const crossSiteHeaders = { "sec-fetch-site": "cross-site" };

/** Whether a page from another site sent the request. Old browsers do not send Sec-Fetch-Site, so Origin decides. */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.has("origin") : site !== "same-origin" && site !== "none";
}

/** What a browser sends with a request to another site. Our own requests to apps and webhooks carry it too. */
export const crossSiteHeaders = { "sec-fetch-site": "cross-site" };

/** Whether a page of another site sent the request. Old browsers do not send Sec-Fetch-Site, so Origin decides. */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.has("origin") : site !== "same-origin" && site !== "none";
}

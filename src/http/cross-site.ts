/** A browser sends this when the page of one site asks another. Requests that this server makes itself carry it too. */
export const crossSiteHeaders = { "sec-fetch-site": "cross-site" };

/** Whether the page of another site sent the request. Old browsers send no Sec-Fetch-Site: for them, Origin decides. */
export function isCrossSite({ headers }: Request): boolean {
  const site = headers.get("sec-fetch-site");
  return site === null ? headers.has("origin") : site !== "same-origin" && site !== "none";
}

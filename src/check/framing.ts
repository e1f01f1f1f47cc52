// Whether the app's server lets HubSpot frame it, by the headers of its page.

import { crossSiteHeaders } from "../http/cross-site.ts";
import { isSafeUrl } from "../http/loopback.ts";
import { whyUnreachable } from "../http/unreachable.ts";
import { fetchHeaders } from "../node/local-https-fetch.ts";
import { hindranceOf } from "../simulator/session/connection-diagnosis.ts";
import { type Finding, finding } from "./findings.ts";
import { UsageError } from "./usage.ts";

/** Milliseconds. */
const patience = 2500;
const redirects = 5;
/** Of many: that there are others for each region is known. */
const hubspots = ["https://app.hubspot.com", "https://app-eu1.hubspot.com"];

/** The status and the headers of the app's page. */
export type Page = { status: number; headers: { [name: string]: string | undefined } };

/**
 * The URL of the app as it is to be framed, and its page's headers. The simulator is on 127.0.0.1: an app there would be
 * of the same site, and is framed by the name localhost.
 * @throws a UsageError when it is no URL of a web page, or nothing answers there within 3 seconds
 */
export async function reach(url: string): Promise<{ app: string; page: Page }> {
  if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
    throw new UsageError(`"${url}" is no URL of a calling app: write http://… or https://…`);
  }
  const address = new URL(url);
  if (address.hostname === "127.0.0.1") address.hostname = "localhost";
  const signal = AbortSignal.timeout(patience);
  try {
    return { app: address.href, page: await follow(address.href, signal, redirects) };
  } catch (error) {
    throw new UsageError(`${address.href} cannot be reached: ${whyUnreachable(error, patience)}`);
  }
}

/** Looks at the page, and at where it leads to on its own origin. */
async function follow(url: string, signal: AbortSignal, left: number): Promise<Page> {
  const { response } = await fetchHeaders(url, { headers: crossSiteHeaders, redirect: "manual", signal });
  await response.body?.cancel();
  const { status, headers } = response;
  const next = new URL(headers.get("location") ?? url, url);
  const goesOn = status >= 300 && status < 400 && next.origin === new URL(url).origin && left > 0;
  return goesOn ? follow(next.href, signal, left - 1) : { status, headers: Object.fromEntries(headers) };
}

/** What keeps HubSpot from framing it. An answer of 404 does not: servers of one-page apps may have the app in it. */
export function framingFindings(app: string, page: Page): Finding[] {
  if (!isSafeUrl(app)) return [finding("not-secure", `${app} is http, and not of this machine`)];
  const { status, headers } = page;
  if (status >= 300 && status < 400) {
    return [
      finding("not-framed", `its server leads to ${headers.location}; only the page itself may, by setWidgetUrl`),
    ];
  }
  // One fault is one finding: what keeps the first off keeps off the others as well, mostly.
  const refusal = hubspots.map((host) => refusalOf(app, host, page)).find((reason) => reason !== undefined);
  return refusal === undefined ? [] : [finding("not-framed", refusal)];
}

/** Why this origin cannot frame the page, if so. */
export function refusalOf(app: string, host: string, page: Page): string | undefined {
  const hindrance = hindranceOf(app, host, page);
  return hindrance?.mayAnswer ? undefined : hindrance?.reason;
}

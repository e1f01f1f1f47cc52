// Whether the app's server lets HubSpot frame it, by the headers of its page.
import { crossSite } from "../../hubspot/api/desk.ts";
import { whyUnreachable } from "../../hubspot/api/unreachable.ts";
import { refusalOf } from "../../hubspot/session/diagnosis.ts";
import { isSafeUrl } from "../../protocol/loopback.ts";
import { lookAt } from "../../server/trusting-fetch.ts";
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
 * The URL of the app as it is to be framed, and its page's headers. The stand-in is on 127.0.0.1: an app there would be
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
  const { response } = await lookAt(url, { headers: crossSite, redirect: "manual", signal });
  await response.body?.cancel();
  const { status, headers } = response;
  const next = new URL(headers.get("location") ?? url, url);
  const goesOn = status >= 300 && status < 400 && next.origin === new URL(url).origin && left > 0;
  return goesOn ? follow(next.href, signal, left - 1) : { status, headers: Object.fromEntries(headers) };
}

/** What keeps HubSpot from framing it. */
export function framingFindings(app: string, page: Page): Finding[] {
  const findings: Finding[] = [];
  if (!isSafeUrl(app)) findings.push(finding("not-secure", `${app} is http, and not of this machine`));
  if (page.status >= 300) {
    const to = page.headers.location ? `, and leads to ${page.headers.location}` : "";
    findings.push(finding("not-framed", `its server answers ${page.status}${to}`));
  }
  for (const host of hubspots) {
    const refusal = refusalOf(app, host, page.headers);
    // One fault is one finding: what keeps the first off keeps the others off as well, mostly.
    if (refusal && !findings.some(({ message }) => message.startsWith(refusal.slice(0, 40)))) {
      findings.push(finding("not-framed", refusal));
    }
  }
  return findings;
}

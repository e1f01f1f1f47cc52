// Whether the app's server lets HubSpot frame its page, by the page's address and headers.
import { isSafeUrl } from "../http/loopback.ts";
import { hindranceOf } from "../simulator/session/connection-diagnosis.ts";
import { type Finding, finding } from "./findings.ts";
import type { PageResponse } from "./reach-app.ts";

/** Two of many: each region has its own. */
const hubspotOrigins = ["https://app.hubspot.com", "https://app-eu1.hubspot.com"];

/** A 404 is no finding: servers of single-page apps may send the app with it. */
export function framingFindings(app: string, response: PageResponse): Finding[] {
  if (!isSafeUrl(app)) return [finding("not-secure", `${app} is http, and not of this machine`)];
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    return [
      finding("not-framed", `its server leads to ${headers.location}; only the page itself may, by setWidgetUrl`),
    ];
  }
  // One fault is one finding: what blocks one origin mostly blocks the others as well.
  const reason = hubspotOrigins.map((origin) => whyNotFramed(app, origin, response)).find((text) => text !== undefined);
  return reason === undefined ? [] : [finding("not-framed", reason)];
}

/** Why a page of this origin cannot frame the app; undefined if it can. */
export function whyNotFramed(app: string, origin: string, response: PageResponse): string | undefined {
  const hindrance = hindranceOf(app, origin, response);
  return hindrance?.mayAnswer ? undefined : hindrance?.reason;
}

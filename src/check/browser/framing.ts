import { isSafeUrl } from "../../http/loopback.ts";
import { diagnosePage } from "../../simulator/session/connection-diagnosis.ts";
import { type Finding, finding } from "../report/findings.ts";
import { blockedMicrophone } from "./permissions-policy.ts";
import type { PageResponse } from "./reach-app.ts";

type Headed = Pick<PageResponse, "status" | "headers">;

/** Two examples, because each HubSpot region has its own origin. */
const hubspotOrigins = ["https://app.hubspot.com", "https://app-eu1.hubspot.com"];

/** A 404 is not a finding, because some servers send single-page apps with status 404. */
export function framingFindings(app: string, response: Headed): Finding[] {
  return [...loadFindings(app, response), ...microphoneFindings(app, response)];
}

function microphoneFindings(app: string, { headers }: Headed): Finding[] {
  const value = blockedMicrophone(headers["permissions-policy"] ?? "", new URL(app).origin);
  if (value === undefined) return [];
  return [finding("no-microphone", `the app's page is served with Permissions-Policy: microphone=${value}`)];
}

function loadFindings(app: string, response: Headed): Finding[] {
  if (!isSafeUrl(app)) return [finding("not-secure", `${app} uses http and is not on this machine`)];
  const { status, headers } = response;
  if (status >= 300 && status < 400) {
    return [
      finding(
        "not-framed",
        `the app's server redirects to ${headers.location}; to change the app's URL, call setWidgetUrl instead`,
      ),
    ];
  }
  // A header that blocks one origin usually blocks the other too. Report it only once.
  const reason = hubspotOrigins.map((origin) => whyNotFramed(app, origin, response)).find((text) => text !== undefined);
  return reason === undefined ? [] : [finding("not-framed", reason)];
}

/** Returns the reason if a page from this origin cannot load the app in an iframe. */
export function whyNotFramed(app: string, origin: string, response: Headed): string | undefined {
  const diagnosis = diagnosePage(app, origin, response);
  return diagnosis?.mayAnswer ? undefined : diagnosis?.reason;
}

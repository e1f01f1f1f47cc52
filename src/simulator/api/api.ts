// HubSpot's settings endpoints, and its calls, under the paths of every version. Web-standard APIs only.
// Methods and success statuses: HubSpot's OpenAPI description of calling extensions, 2026-03. It says nothing of
// refusals but their shape: every other status here is chosen.

import { isCrossSite } from "../../http/cross-site.ts";
import { versions } from "../../http/paths.ts";
import { type CallOptions, callResources } from "./calls.ts";
import { errorResponse } from "./errors.ts";
import { createEndpoints, type Guard } from "./routes.ts";
import { settingResources } from "./settings.ts";

/**
 * Answers what is under /crm/, and nothing (undefined) for any other path. State is per app id and per call.
 * `Prefer: code=429` (any of 400 to 599) forces that answer. Rejects only if `matchesOf` throws.
 */
export function createApi({ now = Date.now, ...options }: Omit<CallOptions, "now"> & Partial<CallOptions>) {
  const resources = [...settingResources({ ...options, now }), ...callResources({ ...options, now })];
  return createEndpoints({
    under: "/crm/",
    guards: [fromElsewhere, forced],
    resources: resources.map((resource) => ({ ...resource, guards: [unauthorized, ...(resource.guards ?? [])] })),
    hint: `; the versions are ${versions.join(", ")}`,
  });
}

/** The same whatever is asked for, so that no other site's page learns by it which apps are registered. */
const fromElsewhere: Guard = ({ raw }) =>
  isCrossSite(raw) ? errorResponse(403, "A page of another site may not ask this") : undefined;

const forced: Guard = (request) => {
  const status = /(?:^|[\s,;])code="?([45]\d\d)\b/.exec(request.header("prefer") ?? "")?.[1];
  if (!status) return undefined;
  // Seconds. Chosen.
  const headers = status === "429" || status === "503" ? { "retry-after": "1" } : {};
  return errorResponse(Number(status), `Prefer asked for ${status}`, { headers });
};

/** The sources disagree on which of the two belongs where, so both are taken everywhere; any value will do. Chosen. */
const unauthorized: Guard = (request) => {
  if (request.query("hapikey") || /^Bearer +\S/i.test(request.header("authorization") ?? "")) return undefined;
  return errorResponse(
    401,
    "Authentication is missing: send ?hapikey= or Authorization: Bearer; any value will do here",
  );
};

// HubSpot's endpoints for settings and calls, under the paths of every version. Web-standard APIs only.
// Source of methods and success statuses: HubSpot's OpenAPI description of calling extensions, 2026-03. Of errors it
// documents only the shape: all other statuses are our choice.

import { isCrossSite } from "../../http/cross-site.ts";
import { versions } from "../../http/paths.ts";
import { type CallOptions, callResources } from "./calls.ts";
import { errorResponse } from "./errors.ts";
import { createEndpoints, type Guard } from "./routes.ts";
import { settingResources } from "./settings.ts";

/**
 * Answers requests under /crm/, and returns undefined for any other path. It rejects only if `matchesOf` throws.
 * `Prefer: code=429` (any of 400 to 599) forces that error.
 */
export function createApi({ now = Date.now, ...options }: Omit<CallOptions, "now"> & Partial<CallOptions>) {
  const resources = [...settingResources({ ...options, now }), ...callResources({ ...options, now })];
  return createEndpoints({
    under: "/crm/",
    guards: [noCrossSite, forcedError],
    resources: resources.map((resource) => ({ ...resource, guards: [unauthorized, ...(resource.guards ?? [])] })),
    hint: `; the versions are ${versions.join(", ")}`,
  });
}

/** The same response for every path, so that the page of another site cannot find out which apps are registered. */
const noCrossSite: Guard = ({ raw }) =>
  isCrossSite(raw) ? errorResponse(403, "A page of another site may not call this") : undefined;

const forcedError: Guard = (request) => {
  const status = /(?:^|[\s,;])code="?([45]\d\d)\b/.exec(request.header("prefer") ?? "")?.[1];
  if (!status) return undefined;
  // In seconds: our choice.
  const headers = status === "429" || status === "503" ? { "retry-after": "1" } : {};
  return errorResponse(Number(status), `Prefer asked for ${status}`, { headers });
};

/** The sources disagree on which endpoint needs which, so both are accepted everywhere, with any value: our choice. */
const unauthorized: Guard = (request) => {
  if (request.query("hapikey") || /^Bearer +\S/i.test(request.header("authorization") ?? "")) return undefined;
  return errorResponse(
    401,
    "Authentication is missing: send ?hapikey= or Authorization: Bearer; any value will do here",
  );
};

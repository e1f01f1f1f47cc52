// HubSpot's endpoints for settings and calls, in each supported API version. Does not use Node's APIs.
// Methods and success statuses of the calling extensions endpoints come from HubSpot's OpenAPI description, 2026-03. For
// errors, the description documents only the shape, so the statuses are our choice.

import { isCrossSite } from "../../http/cross-site.ts";
import { versions } from "../../http/paths.ts";
import { type CallOptions, callResources } from "./calls.ts";
import { errorResponse } from "./errors.ts";
import { createEndpoints, type Guard } from "./routes.ts";
import { settingResources } from "./settings.ts";

/**
 * Returns a function that answers requests under /crm/, and returns undefined for other paths.
 * The request header `Prefer: code=429`, for example, forces an error response with status 429. Any status from 400 to 599
 * is possible.
 */
export function createApi({ now = Date.now, ...options }: Omit<CallOptions, "now"> & Partial<CallOptions>) {
  const resources = [...settingResources({ ...options, now }), ...callResources({ ...options, now })];
  return createEndpoints({
    under: "/crm/",
    guards: [noCrossSite, forcedError],
    resources: resources.map((resource) => ({ ...resource, guards: [unauthorized, ...(resource.guards ?? [])] })),
    hint: `; use one of the versions ${versions.join(", ")}`,
  });
}

/** The response is the same for every path, so a page of another origin cannot find out which apps are registered. */
const noCrossSite: Guard = ({ raw }) =>
  isCrossSite(raw) ? errorResponse(403, "Pages of other origins must not call this API") : undefined;

const forcedError: Guard = (request) => {
  const status = /(?:^|[\s,;])code="?([45]\d\d)\b/.exec(request.header("prefer") ?? "")?.[1];
  if (!status) return undefined;
  // The delay of one second is our choice.
  const headers = status === "429" || status === "503" ? { "retry-after": "1" } : {};
  return errorResponse(Number(status), `The Prefer header forced status ${status}`, { headers });
};

/** HubSpot's documents disagree about the required authentication. Our choice: every endpoint accepts any key or token. */
const unauthorized: Guard = (request) => {
  if (request.query("hapikey") || /^Bearer +\S/i.test(request.header("authorization") ?? "")) return undefined;
  return errorResponse(
    401,
    "Authentication is missing; send ?hapikey= or Authorization: Bearer, followed by any value",
  );
};

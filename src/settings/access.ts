// Reads the server URL, the key and the app id from environment variables.
import { isSafeUrl } from "../http/loopback.ts";
import { UsageError } from "../node/usage-error.ts";
import type { Command } from "./command.ts";
import type { Access } from "./request.ts";
import { isDigits, versionsWithoutToken } from "./resources.ts";

export type Environment = Record<string, string | undefined>;

const developerKey = "HUBSPOT_DEVELOPER_API_KEY";
const accessToken = "HUBSPOT_ACCESS_TOKEN";

export const variables = ["HUBSPOT_APP_ID", developerKey, accessToken, "HUBSPOT_API_URL", "WEBHOOK_URL"];

/** Returns the values that the command must never print. */
export const keysOf = (environment: Environment): string[] =>
  [developerKey, accessToken].flatMap((name) => environment[name] || []);

/** For a dry run without an id, returns the variable's name as a placeholder. */
export function readAppId({ HUBSPOT_APP_ID: appId = "" }: Environment, dryRun: boolean): string {
  if (isDigits(appId)) return appId;
  if (dryRun && !appId) return "HUBSPOT_APP_ID";
  const problem = appId ? "must contain only digits" : "is not set";
  throw new UsageError(`HUBSPOT_APP_ID: ${problem}; find the id on the app's page in your developer account`);
}

/** A dry run needs no key, because it prints *** in place of the key. */
export function readAccess({ endpoint: { belongsTo }, version, dryRun }: Command, environment: Environment): Access {
  const server = environment.HUBSPOT_API_URL || "https://api.hubapi.com";
  if (!isSafeUrl(server) || /[?#@]/.test(server)) {
    throw new UsageError(
      "HUBSPOT_API_URL: is invalid; use an https URL, or an http URL on this machine, without a query",
    );
  }
  // Calls belong to the account that installed the app, so prefer the access token for them. Settings belong to the developer.
  const [preferred, other] = belongsTo === "app" ? [developerKey, accessToken] : [accessToken, developerKey];
  const variable = environment[other] && !environment[preferred] ? other : preferred;
  const key = environment[variable] || (dryRun ? variable : undefined);
  if (!key) {
    throw new UsageError(
      `${preferred}: is not set, and neither is ${other}; find the key in your developer account under Keys, or get a token with OAuth`,
    );
  }
  if (belongsTo === "app" && variable === accessToken && versionsWithoutToken.includes(version)) {
    throw new UsageError(`${developerKey}: is not set; HubSpot does not document access tokens for --api ${version}`);
  }
  if (!/^[\w.~+/=-]+$/.test(key)) {
    throw new UsageError(`${variable}: contains a character that is not allowed in a key; copy the key again`);
  }
  return { server: server.replace(/\/+$/, ""), key, sentAs: variable === developerKey ? "hapikey" : "bearer" };
}

// Which server the settings command calls, with which key, and for which app: from environment variables.
import { isSafeUrl } from "../http/loopback.ts";
import { UsageError } from "../node/usage-error.ts";
import type { Command } from "./command.ts";
import type { Access } from "./request.ts";
import { isDigits, versionsWithoutToken } from "./resources.ts";

export type Environment = Record<string, string | undefined>;

const developerKey = "HUBSPOT_DEVELOPER_API_KEY";
const accessToken = "HUBSPOT_ACCESS_TOKEN";

export const variables = ["HUBSPOT_APP_ID", developerKey, accessToken, "HUBSPOT_API_URL", "WEBHOOK_URL"];

/** The values that must never be printed. */
export const keysOf = (environment: Environment): string[] =>
  [developerKey, accessToken].flatMap((name) => environment[name] || []);

/** A dry run shows the variable's name in place of a missing id. */
export function readAppId({ HUBSPOT_APP_ID: appId = "" }: Environment, dryRun: boolean): string {
  if (isDigits(appId)) return appId;
  if (dryRun && !appId) return "HUBSPOT_APP_ID";
  const problem = appId ? "must be digits" : "is not set";
  throw new UsageError(`HUBSPOT_APP_ID: ${problem}; it is on the app's page in your developer account`);
}

/** A dry run needs no key, because it shows none. */
export function readAccess({ resource: { belongsTo }, version, dryRun }: Command, environment: Environment): Access {
  const server = environment.HUBSPOT_API_URL || "https://api.hubapi.com";
  if (!isSafeUrl(server) || /[?#@]/.test(server)) {
    throw new UsageError("HUBSPOT_API_URL: write an https URL, or an http URL of this machine, without a query");
  }
  // Calls belong to the account that installed the app, which its token opens. The rest belongs to the developer.
  const [preferred, other] = belongsTo === "call" ? [accessToken, developerKey] : [developerKey, accessToken];
  const variable = environment[other] && !environment[preferred] ? other : preferred;
  const key = environment[variable] || (dryRun ? variable : undefined);
  if (!key) {
    throw new UsageError(
      `${preferred}: is not set, nor is ${other}; the key is in your developer account, under Keys, a token comes from OAuth`,
    );
  }
  if (belongsTo === "app" && variable === accessToken && versionsWithoutToken.includes(version)) {
    throw new UsageError(`${developerKey}: is not set; with this --api HubSpot accepts no access token for it`);
  }
  if (!/^[\w.~+/=-]+$/.test(key)) {
    throw new UsageError(`${variable}: has a character that cannot be in a key; copy it again`);
  }
  return { server: server.replace(/\/+$/, ""), key, sentAs: variable === developerKey ? "hapikey" : "bearer" };
}

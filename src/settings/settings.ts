// The command line that sets the app up at HubSpot: npm run settings -- --help
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { isSafeUrl } from "../protocol/loopback.ts";
import { type Access, type ApiRequest, ask, curlLine, mask } from "./request.ts";
import { type Action, type Command, type Project, type Resource, readCommand, UsageError, usage } from "./resources.ts";

const { env } = process;
const developerKey = "HUBSPOT_DEVELOPER_API_KEY";
const accessToken = "HUBSPOT_ACCESS_TOKEN";

/** Adds what the file .env says to the environment, which wins where both say something. */
function readEnvironment(): void {
  try {
    process.loadEnvFile(".env");
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw error;
  }
}

function readProject(): Project {
  const { name, homepage: url } = v.parse(
    v.object({ name: v.optional(v.string()), homepage: v.optional(v.string()) }),
    JSON.parse(readFileSync("package.json", "utf8")),
  );
  const { WEBHOOK_URL } = env;
  return {
    name,
    url,
    webhookUrl: WEBHOOK_URL || (url && URL.canParse(url) ? new URL("webhook", url).href : undefined),
  };
}

function readAppId(): string {
  const { HUBSPOT_APP_ID: appId = "" } = env;
  if (/^\d+$/.test(appId)) return appId;
  throw new UsageError(
    `HUBSPOT_APP_ID: ${appId ? "must be digits" : "is not set"}; it is on the app's page in your developer account`,
  );
}

function readAccess({ belongsTo }: Resource): Access {
  const { HUBSPOT_API_URL } = env;
  const server = HUBSPOT_API_URL || "https://api.hubapi.com";
  if (!isSafeUrl(server) || /[?#@]/.test(server)) {
    throw new UsageError("HUBSPOT_API_URL: write an https URL, or an http URL of this machine, without a query");
  }
  // A call belongs to the account that installed the app, and its token opens that; the rest belongs to the developer.
  const [name, other] = belongsTo === "call" ? [accessToken, developerKey] : [developerKey, accessToken];
  const used = env[name] ? name : other;
  const key = env[used];
  if (!key) {
    throw new UsageError(
      `${name}: is not set, nor is ${other}; the key is in your developer account, under Keys, a token comes from OAuth`,
    );
  }
  if (!/^[\w.~+/=-]+$/.test(key)) throw new UsageError(`${used}: has a character that no key has; copy it again`);
  return { server: server.replace(/\/+$/, ""), key, sentAs: used === developerKey ? "hapikey" : "bearer" };
}

/** Texts that must not be shown. */
const secrets = () => [developerKey, accessToken].flatMap((name) => env[name] || []);

function print(answer: unknown): void {
  const masked = (_: string, value: unknown) => (typeof value === "string" ? mask(value, secrets()) : value);
  if (answer !== undefined) console.log(JSON.stringify(answer, masked, 2));
}

const engagement = v.object({ properties: v.record(v.string(), v.unknown()) });
const methods: Record<Action, ApiRequest["method"]> = { get: "GET", create: "POST", update: "PATCH", delete: "DELETE" };

/** Sends the command's requests, or prints them; what HubSpot refuses is thrown. */
async function run({ resource, action, callId, version, fields, dryRun, timeout }: Command): Promise<void> {
  const access = readAccess(resource);
  const path = resource.path(version, callId ?? readAppId());
  const send = async (request: ApiRequest) => {
    if (!dryRun) return ask(request, access, timeout);
    console.log(curlLine(request, access));
    return undefined;
  };

  if (callId === undefined) {
    const hasBody = action === "create" || action === "update";
    return print(await send({ method: methods[action], path, ...(hasBody ? { body: fields } : {}) }));
  }

  // Without a list of properties HubSpot answers with hardly any.
  const names = Object.keys(action === "update" ? fields : resource.fields);
  const call = await send({ method: "GET", path: `${path}?${new URLSearchParams({ properties: names.join(",") })}` });
  if (action === "get") return print(call);
  const { properties: current } = v.parse(engagement, call ?? { properties: {} });
  const changed = Object.entries(fields).filter(([name, value]) => current[name] !== value);
  if (changed.length === 0) return print(call);
  print(await send({ method: "PATCH", path, body: { properties: Object.fromEntries(changed) } }));
}

try {
  readEnvironment();
  const command = readCommand(process.argv.slice(2), readProject());
  if (command) await run(command);
  else process.stdout.write(usage);
} catch (error) {
  console.error(mask(error instanceof Error ? error.message : String(error), secrets()));
  process.exitCode = error instanceof UsageError ? 2 : 1;
}

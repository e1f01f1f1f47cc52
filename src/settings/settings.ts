// The command line that sets the app up at HubSpot; main.ts runs it.
import * as v from "valibot";
import { errorText } from "../http/error-text.ts";
import { isSafeUrl } from "../http/loopback.ts";
import { readEnvironment } from "../node/environment.ts";
import { PrintError, print } from "../node/print.ts";
import { readIfThere } from "../node/read-file.ts";
import { UsageError } from "../node/usage-error.ts";
import { type Command, readCommand } from "./commands.ts";
import { mask, masked, plainLines, safeJson } from "./redact.ts";
import { type Access, type ApiRequest, ask, curlLine } from "./request.ts";
import { type Action, type Initial, withoutToken } from "./resources.ts";

const developerKey = "HUBSPOT_DEVELOPER_API_KEY";
const accessToken = "HUBSPOT_ACCESS_TOKEN";
const names = ["HUBSPOT_APP_ID", developerKey, accessToken, "HUBSPOT_API_URL", "WEBHOOK_URL"];

type Environment = Record<string, string | undefined>;

/**
 * Runs one command, given as the words behind the program's name: the answer goes to stdout, what is wrong to stderr.
 * Gives the exit code: 0 done, 1 refused, not reached or not written, 2 wrong usage. `called` is how a person writes
 * the program's name. Reads .env and package.json where it is run; the environment wins over .env. Does not reject.
 */
export async function settings(args: string[], called = "npm run settings --"): Promise<number> {
  const secrets = () => [developerKey, accessToken].flatMap((name) => env[name] || []);
  let env: Environment = process.env;
  try {
    env = { ...readEnvironment(".env", names), ...process.env };
    const command = readCommand(args, readInitial(env), called);
    await (typeof command === "string" ? write(command) : run(command, env, secrets()));
    return 0;
  } catch (error) {
    console.error(plainLines(errorText(error), secrets()));
    return error instanceof UsageError ? 2 : 1;
  }
}

const project = v.object({ name: v.optional(v.string()), homepage: v.optional(v.string()) });

/** What create takes where nothing is given; of the project nothing, where there is no package.json. */
function readInitial({ WEBHOOK_URL }: Environment): Initial {
  const { name, homepage: url } = v.parse(project, JSON.parse(`${readIfThere("package.json") ?? "{}"}`));
  const webhookUrl = WEBHOOK_URL || (url && URL.canParse(url) ? new URL("webhook", url).href : undefined);
  return { name, url, webhookUrl, now: new Date().toISOString() };
}

function readAppId({ HUBSPOT_APP_ID: appId = "" }: Environment, dryRun: boolean): string {
  if (/^\d+$/.test(appId)) return appId;
  if (dryRun && !appId) return "HUBSPOT_APP_ID";
  throw new UsageError(
    `HUBSPOT_APP_ID: ${appId ? "must be digits" : "is not set"}; it is on the app's page in your developer account`,
  );
}

/** Who asks, and where. A dry run, which shows no key, needs none. */
function readAccess({ resource: { belongsTo }, version, dryRun }: Command, env: Environment): Access {
  const server = env.HUBSPOT_API_URL || "https://api.hubapi.com";
  if (!isSafeUrl(server) || /[?#@]/.test(server)) {
    throw new UsageError("HUBSPOT_API_URL: write an https URL, or an http URL of this machine, without a query");
  }
  // A call belongs to the account that installed the app, and its token opens that; the rest belongs to the developer.
  const [name, other] = belongsTo === "call" ? [accessToken, developerKey] : [developerKey, accessToken];
  const used = env[other] && !env[name] ? other : name;
  const key = env[used] || (dryRun ? used : undefined);
  if (!key) {
    throw new UsageError(
      `${name}: is not set, nor is ${other}; the key is in your developer account, under Keys, a token comes from OAuth`,
    );
  }
  if (belongsTo === "app" && used === accessToken && withoutToken.includes(version)) {
    throw new UsageError(`${developerKey}: is not set; with this --api HubSpot takes no access token for it`);
  }
  if (!/^[\w.~+/=-]+$/.test(key)) throw new UsageError(`${used}: has a character that no key has; copy it again`);
  return { server: server.replace(/\/+$/, ""), key, sentAs: used === developerKey ? "hapikey" : "bearer" };
}

const engagement = v.object({ properties: v.record(v.string(), v.unknown()) });
const methods: Record<Action, ApiRequest["method"]> = { get: "GET", create: "POST", update: "PATCH", delete: "DELETE" };

/** Sends the command's requests and writes the answer, or writes the requests; rejects with what HubSpot refuses. */
async function run(command: Command, env: Environment, secrets: string[]): Promise<void> {
  const { resource, action, version, callId, fields, associations, dryRun, timeout } = command;
  const access = readAccess(command, env);
  const ofCall = resource.belongsTo === "call";
  const path = resource.path(version, ofCall ? callId : readAppId(env, dryRun));
  const send = async (request: ApiRequest) => {
    if (!dryRun) return ask(request, access, timeout);
    await write(`${mask(curlLine(request, access), secrets)}\n`);
    return undefined;
  };
  const print = async (answer: unknown) => {
    if (answer !== undefined) await write(`${safeJson(masked(answer, secrets), 2)}\n`);
  };

  if (callId === undefined) {
    const hasBody = action === "create" || action === "update";
    const content = ofCall ? { properties: fields, ...(associations.length > 0 ? { associations } : {}) } : fields;
    return print(await send({ method: methods[action], path, ...(hasBody ? { body: content } : {}) }));
  }

  // Without a list of properties HubSpot answers with hardly any.
  const asked = Object.keys(action === "update" ? fields : resource.fields);
  const call = await send({ method: "GET", path: `${path}?${new URLSearchParams({ properties: asked.join(",") })}` });
  if (action === "get") return print(call);
  const { properties: current } = v.parse(engagement, call ?? { properties: {} });
  const changed = Object.entries(fields).filter(([name, value]) => current[name] !== value);
  if (changed.length === 0) return print(call);
  return print(await send({ method: "PATCH", path, body: { properties: Object.fromEntries(changed) } }));
}

/** Prints what was answered. Where stdout does not take it, the request has been sent already. */
async function write(text: string): Promise<void> {
  try {
    await print(text);
  } catch (error) {
    if (!(error instanceof PrintError)) throw error;
    throw new Error(`${error.message}; what was to be done at HubSpot may be done: look with get`);
  }
}

// The settings command, which manages an app's settings, recordings and calls through HubSpot's API.
import * as v from "valibot";
import { errorText } from "../http/error-text.ts";
import { readEnvironment } from "../node/environment.ts";
import { print } from "../node/print.ts";
import { readTextIfThere } from "../node/read-file.ts";
import { UsageError } from "../node/usage-error.ts";
import { type Environment, keysOf, readAccess, readAppId, variables } from "./access.ts";
import type { Command } from "./command.ts";
import { readCommand } from "./command-line.ts";
import { containsKey, plainLines, safeJson, withoutKeys } from "./redact.ts";
import { type ApiRequest, curlLine, sendRequest } from "./request.ts";
import type { Action, Defaults } from "./resources.ts";

/**
 * Runs the command that the arguments describe. Prints the response to stdout and errors to stderr. Reads .env and
 * package.json in the current folder; environment variables override .env. Never rejects.
 * @param commandName how the user starts the command, for the help text and errors
 * @returns the exit code. 0: success; 2: usage error; 1: any other error, such as a failed request
 */
export async function settings(args: string[], commandName = "npm run settings --"): Promise<number> {
  let environment: Environment = process.env;
  try {
    environment = { ...readEnvironment(".env", variables), ...process.env };
    const command = readCommand(args, readDefaults(environment), commandName);
    if (typeof command === "string") await print(command);
    else await run(command, environment);
    return 0;
  } catch (error) {
    console.error(plainLines(errorText(error), keysOf(environment)));
    return error instanceof UsageError ? 2 : 1;
  }
}

const projectSchema = v.object({ name: v.optional(v.string()), homepage: v.optional(v.string()) });

function readDefaults({ WEBHOOK_URL }: Environment): Defaults {
  const { name, homepage: url } = readProject("package.json");
  const webhookUrl = WEBHOOK_URL || (url && URL.canParse(url) ? new URL("webhook", url).href : undefined);
  return { name, url, webhookUrl, now: new Date().toISOString() };
}

function readProject(path: string): v.InferOutput<typeof projectSchema> {
  const content = readTextIfThere(path) ?? "{}";
  try {
    return v.parse(projectSchema, JSON.parse(content));
  } catch (error) {
    const field = error instanceof v.ValiError ? v.getDotPath(error.issues[0]) : undefined;
    throw new Error(`${path} cannot be used: ${field ? `${field}: ` : ""}${errorText(error)}`);
  }
}

const methods: Record<Action, ApiRequest["method"]> = {
  get: "GET",
  create: "POST",
  update: "PATCH",
  delete: "DELETE",
  ready: "POST",
};

/** Sends the command's requests and prints the response, or only prints the requests in a dry run. */
async function run(command: Command, environment: Environment): Promise<void> {
  const { endpoint, action, version, callId, fields, associations, dryRun, timeoutMs } = command;
  const keys = keysOf(environment);
  const access = readAccess(command, environment);
  const path = endpoint.path(version, endpoint.belongsTo === "app" ? readAppId(environment, dryRun) : callId);
  const send = async (request: ApiRequest) => {
    if (!dryRun) return sendRequest(request, access, timeoutMs);
    await print(`${withoutKeys(curlLine(request, access), keys)}\n`);
    return undefined;
  };

  if (callId !== undefined) return printResponse(await updateOrGetCall(command, path, send), keys);
  const hasBody = action !== "get" && action !== "delete";
  const body = hasBody ? { body: endpoint.toBody?.(fields, associations) ?? fields } : {};
  return printResponse(await send({ method: methods[action], path, ...body }), keys);
}

const callSchema = v.object({ properties: v.record(v.string(), v.unknown()) });

/** Gets the call. An update then sends a PATCH with the changed properties, if any property has changed. */
async function updateOrGetCall(
  { endpoint, action, fields }: Command,
  path: string,
  send: (request: ApiRequest) => Promise<unknown>,
): Promise<unknown> {
  // Without the `properties` parameter, HubSpot returns only a few properties.
  const names = Object.keys(action === "update" ? fields : endpoint.fields);
  const call = await send({ method: "GET", path: `${path}?${new URLSearchParams({ properties: names.join(",") })}` });
  if (action === "get") return call;
  const { properties } = v.parse(callSchema, call ?? { properties: {} });
  const changes = Object.entries(fields).filter(([name, value]) => properties[name] !== value);
  if (changes.length === 0) return call;
  return send({ method: "PATCH", path, body: { properties: Object.fromEntries(changes) } });
}

async function printResponse(response: unknown, keys: string[]): Promise<void> {
  if (response === undefined) return;
  const json = safeJson(response, 2);
  if (containsKey(json, keys)) {
    throw new Error("the request succeeded, but the response contains a key and is therefore not printed");
  }
  await print(`${json}\n`).catch((error: unknown) => {
    throw new Error(`the request succeeded, but its response cannot be printed: ${errorText(error)}`);
  });
}

// Sends a request to HubSpot's API with a key, a time limit and retries, or formats the request as a curl command.
import { setTimeout as sleep } from "node:timers/promises";
import ky, { HTTPError, type ShouldRetryState, TimeoutError } from "ky";
import * as v from "valibot";
import { readBody } from "../http/body.ts";
import { plainLines, safeJson } from "./redact.ts";

export interface ApiRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** Includes the query. */
  path: string;
  body?: unknown;
}

export interface Access {
  /** Without a trailing slash. */
  server: string;
  key: string;
  sentAs: "hapikey" | "bearer";
}

const json = v.pipe(v.string(), v.parseJson());

const hubspotError = v.object({
  message: v.optional(v.string(), "none"),
  category: v.optional(v.string(), "none"),
  correlationId: v.optional(v.string(), "none"),
  errors: v.optional(v.array(v.object({ message: v.string() })), []),
});

const remedies: Record<number, string> = {
  401: "check HUBSPOT_DEVELOPER_API_KEY or HUBSPOT_ACCESS_TOKEN; access tokens expire",
  403: "the key is valid but lacks permission; check HUBSPOT_APP_ID, the key's account, and the app's scopes",
  404: "the resource does not exist; check the id, or create the resource first",
  409: "the resource already exists; update it, or delete it first",
  429: "too many requests; wait, then try again",
};

const checkFirst = "before you try again, check with the get action, or look for the call on its record";

function remedyFor(status: number, method: string): string {
  if (status >= 500 && method === "POST") return `the request may have succeeded; ${checkFirst}`;
  if (status >= 500) return "the server failed; try again later";
  if (status < 400) return "check HUBSPOT_API_URL; the response must be JSON, and redirects are not followed";
  return remedies[status] ?? "fix the problem that the message describes";
}

const maxRetries = 3;
const maxErrors = 20;
/** If Retry-After is longer than this, the command does not retry. */
const maxWaitMs = 60_000;
/** Our choice. A response that contains a call or the settings is far smaller. */
const maxResponseBytes = 1_000_000;
/** Our choice. HubSpot's responses have far fewer nesting levels. */
const maxDepth = 100;

function toFetchArguments({ method, path, body }: ApiRequest, { server, key, sentAs }: Access) {
  const url = new URL(server + path);
  const headers = new Headers();
  if (sentAs === "hapikey") url.searchParams.set("hapikey", key);
  else headers.set("authorization", `Bearer ${key}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  return { method, url: url.href, headers, body: body === undefined ? null : safeJson(body) };
}

/** Formats the request as a curl command, with *** in place of the key. */
export function curlLine(request: ApiRequest, access: Access): string {
  const { method, url, headers, body } = toFetchArguments(request, { ...access, key: "***" });
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const options = [...headers].map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  return ["curl", "-X", method, quote(url), ...options, ...(body === null ? [] : ["-d", quote(body)])].join(" ");
}

/**
 * Sends a request and returns the parsed JSON of the response, or undefined if the response is empty.
 * @param timeoutMs the time limit for each attempt
 * @throws an Error if no valid response arrives or HubSpot rejects the request. The message contains HubSpot's reasons, and
 * may contain the key. Before you print the message, pass it through `plainLines`, which masks the key.
 */
export async function sendRequest(request: ApiRequest, access: Access, timeoutMs: number): Promise<unknown> {
  const response = await fetchWithRetries(request, access, timeoutMs);
  const text = await response.text();
  const { success, output } = v.safeParse(json, text);
  if (response.status < 300 && text === "") return undefined;
  if (response.status < 300 && success) {
    if (!isTooDeep(output)) return output;
    const problem = `answered ${response.status} with JSON that has more than ${maxDepth} nesting levels`;
    throw new Error(`${request.method} ${access.server}${request.path} ${problem}; check HUBSPOT_API_URL`);
  }
  throw new Error(
    describeError(
      request,
      access,
      response,
      v.is(hubspotError, output) ? output : { message: `not in HubSpot's format: ${text}` },
    ),
  );
}

/** JSON.stringify, which formats the response, fails for a value with thousands of nesting levels. */
function isTooDeep(json: unknown): boolean {
  let level = [json];
  for (let depth = 0; depth <= maxDepth; depth++) level = level.flatMap(childrenOf);
  return level.length > 0;
}

const childrenOf = (json: unknown): unknown[] => (typeof json === "object" && json !== null ? Object.values(json) : []);

function describeError(
  { method, path }: ApiRequest,
  { server }: Access,
  { status, headers }: Response,
  body: v.InferInput<typeof hubspotError>,
): string {
  const { message, category, correlationId, errors } = v.parse(hubspotError, body);
  const retryAfter = headers.get("retry-after");
  const lines = [
    `${method} ${server}${path} answered ${status}`,
    `message: ${message}`,
    ...errors.slice(0, maxErrors).map((error) => `error: ${error.message}`),
    `category: ${category}`,
    `correlationId: ${correlationId}`,
    ...(retryAfter === null ? [] : [`retry-after: ${retryAfter}`]),
    `what to do: ${remedyFor(status, method)}`,
  ];
  return lines.map((line) => line.replace(/[\r\n]/g, " ")).join("\n");
}

/**
 * Makes up to four attempts while HubSpot answers 429 or 5xx, or sends no complete response. Retries a POST only after 429,
 * because after most other failures HubSpot may already have processed the request.
 */
async function fetchWithRetries(request: ApiRequest, access: Access, timeoutMs: number): Promise<Response> {
  const { url, ...init } = toFetchArguments(request, access);
  const name = `${request.method} ${access.server}${request.path}`;
  const isRepeatable = request.method !== "POST";
  const shouldRetry = async ({ error, retryCount }: ShouldRetryState) => {
    const response = error instanceof HTTPError ? error.response : undefined;
    const isFailure = response ? response.status >= 500 : !(error instanceof TooLargeError);
    const waitMs = retryAfterMs(response?.headers.get("retry-after") ?? "") ?? 2 ** retryCount * 250;
    if (!(response?.status === 429 || (isFailure && isRepeatable)) || waitMs > maxWaitMs) return false;
    const seconds = Math.ceil(waitMs / 1000);
    console.error(plainLines(`${name}: ${reasonOf(error, timeoutMs)}; trying again in ${seconds} s`, [access.key]));
    // Wait here: ky's own delay has no upper limit by default, and depends on Retry-After only for some status codes.
    await sleep(waitMs);
    return true;
  };
  const retry = { limit: maxRetries, methods: [request.method], delay: () => 0, shouldRetry };
  try {
    // Following a redirect could send the key to another server.
    return await ky(url, { ...init, redirect: "manual", timeout: timeoutMs, retry, fetch: fetchWholeResponse });
  } catch (error) {
    if (error instanceof HTTPError) return error.response;
    const reason = reasonOf(error, timeoutMs);
    const mayHaveArrived = !isRepeatable && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(reason);
    throw new Error(`${name}: ${reason}${mayHaveArrived ? `; HubSpot may have received it; ${checkFirst}` : ""}`);
  }
}

class TooLargeError extends Error {}

/** Fetches a response with its whole body, so that the request fails if the body stalls or is cut off. */
async function fetchWholeResponse(...request: Parameters<typeof fetch>): Promise<Response> {
  const response = await fetch(...request);
  const body = await readBody(response, maxResponseBytes);
  // An unread body would keep the connection open and the process running.
  if (!response.body?.locked) await response.body?.cancel();
  if (body === "too large") throw new TooLargeError(`the response is larger than ${maxResponseBytes} bytes`);
  if (body === "cut off") throw new Error("the response was cut off");
  return new Response(new TextDecoder().decode(body) || null, response);
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (error instanceof HTTPError) return `answered ${error.response.status}`;
  if (error instanceof TimeoutError) return `no answer within ${timeoutMs / 1000} s`;
  // The message of fetch's own error is only "fetch failed". The error's cause contains the reason, but may have no message.
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return `no answer: ${cause}`;
  return `no answer: ${cause.message || ("code" in cause ? cause.code : cause.name)}`;
}

/** Parses a Retry-After header, which contains seconds or an HTTP date. */
function retryAfterMs(header: string): number | undefined {
  if (/^\d+$/.test(header)) return Number(header) * 1000;
  const date = /^[A-Z][a-z]+, /.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

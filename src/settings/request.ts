// One request to HubSpot's API: with its key, its time limit and its retries; or the same as a line for the shell.
import { setTimeout as sleep } from "node:timers/promises";
import ky, { HTTPError, type ShouldRetryState, TimeoutError } from "ky";
import * as v from "valibot";
import { readBody } from "../http/body.ts";
import { plainLines, safeJson } from "./redact.ts";

export interface ApiRequest {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** With its query, if any. */
  path: string;
  body?: unknown;
}

/** Where the API is and what opens it. */
export interface Access {
  /** Without a slash at its end. */
  server: string;
  key: string;
  sentAs: "hapikey" | "bearer";
}

const json = v.pipe(v.string(), v.parseJson());

/** What HubSpot says with a refusal. */
const hubspotError = v.object({
  message: v.optional(v.string(), "none"),
  category: v.optional(v.string(), "none"),
  correlationId: v.optional(v.string(), "none"),
  errors: v.optional(v.array(v.object({ message: v.string() })), []),
});

/** What to do where HubSpot refuses, by status. */
const advice: Record<number, string> = {
  401: "check the key: HUBSPOT_DEVELOPER_API_KEY, or HUBSPOT_ACCESS_TOKEN, which expires",
  403: "the key is good, but not for this: check HUBSPOT_APP_ID, whose account the key is from, and the app's scopes",
  404: "nothing is there: check the id; settings have to be created first",
  409: "it is there already: update it, or delete it first",
  429: "too many requests: wait, then try again",
};

const look = "look with get, or for a call on the record, before you try again";

function adviceFor(status: number, method: string): string {
  if (status >= 500 && method === "POST") return `it may be created all the same: ${look}`;
  if (status >= 500) return "the fault is on that side: try again later";
  if (status < 400) return "check HUBSPOT_API_URL: only a JSON answer from there will do, and no redirect is followed";
  return advice[status] ?? "correct what the message names";
}

const maxRetries = 3;
const maxErrors = 20;
// Milliseconds. Whoever is told to wait for longer than this had better be told than kept waiting.
const maxWait = 60_000;
// Bytes of an answer. Chosen: a hundred times what settings or a call have.
const maxAnswer = 1_000_000;

function prepare({ method, path, body }: ApiRequest, { server, key, sentAs }: Access) {
  const url = new URL(server + path);
  const headers = new Headers();
  if (sentAs === "hapikey") url.searchParams.set("hapikey", key);
  else headers.set("authorization", `Bearer ${key}`);
  if (body !== undefined) headers.set("content-type", "application/json");
  return { method, url: url.href, headers, body: body === undefined ? null : safeJson(body) };
}

/** The request as a line for the shell, with *** for the key. */
export function curlLine(request: ApiRequest, access: Access): string {
  const { method, url, headers, body } = prepare(request, { ...access, key: "***" });
  const quote = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
  const given = [...headers].map(([name, value]) => `-H ${quote(`${name}: ${value}`)}`);
  return ["curl", "-X", method, quote(url), ...given, ...(body === null ? [] : ["-d", quote(body)])].join(" ");
}

/**
 * The JSON that HubSpot answers with; nothing, if the answer is empty. `timeout` is each try's, in milliseconds.
 * Rejects if no answer comes, and with HubSpot's reasons if it refuses; the message may hold the key: see `plainLines`.
 */
export async function ask(request: ApiRequest, access: Access, timeout: number): Promise<unknown> {
  const answer = await send(request, access, timeout);
  const [status, text, retryAfter] = [answer.status, await answer.text(), answer.headers.get("retry-after")];
  const { success, output } = v.safeParse(json, text);
  if (status < 300 && text === "") return undefined;
  if (status < 300 && success) return output;

  const hubspots = v.is(hubspotError, output) ? output : { message: `not HubSpot's: ${text}` };
  const { message, category, correlationId, errors } = v.parse(hubspotError, hubspots);
  const lines = [
    `${request.method} ${access.server}${request.path} answered ${status}`,
    `message: ${message}`,
    ...errors.slice(0, maxErrors).map((error) => `error: ${error.message}`),
    `category: ${category}`,
    `correlationId: ${correlationId}`,
    ...(retryAfter === null ? [] : [`retry-after: ${retryAfter}`]),
    `what to do: ${adviceFor(status, request.method)}`,
  ];
  throw new Error(lines.map((line) => line.replace(/[\r\n]/g, " ")).join("\n"));
}

/**
 * Sends a request, and again where it was refused for now (429) or failed (5xx, no answer): at most four times.
 * A POST goes again after 429 alone, since otherwise it may have arrived.
 */
async function send(request: ApiRequest, access: Access, timeout: number): Promise<Response> {
  const { url, ...init } = prepare(request, access);
  const what = `${request.method} ${access.server}${request.path}`;
  const repeatable = request.method !== "POST";
  const shouldRetry = async ({ error, retryCount }: ShouldRetryState) => {
    const answer = error instanceof HTTPError ? error.response : undefined;
    const failed = answer ? answer.status >= 500 : !(error instanceof TooLarge);
    const wait = millisecondsOf(answer?.headers.get("retry-after") ?? "") ?? 2 ** retryCount * 250;
    if (!(answer?.status === 429 || (failed && repeatable)) || wait > maxWait) return false;
    const seconds = Math.ceil(wait / 1000);
    console.error(plainLines(`${what}: ${reason(error, timeout)}; trying again in ${seconds} s`, [access.key]));
    // ky's own wait would have no end, and be none where Retry-After is not understood.
    await sleep(wait);
    return true;
  };
  const retry = { limit: maxRetries, methods: [request.method], delay: () => 0, shouldRetry };
  try {
    // A redirect is taken as the answer, so that the key goes nowhere else.
    return await ky(url, { ...init, redirect: "manual", timeout, retry, fetch: fetchWhole });
  } catch (error) {
    if (error instanceof HTTPError) return error.response;
    const why = reason(error, timeout);
    const mayHaveArrived = !repeatable && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(why);
    throw new Error(`${what}: ${why}${mayHaveArrived ? `; it may have arrived: ${look}` : ""}`);
  }
}

class TooLarge extends Error {}

/** As fetch, but with all of the answer's body, so that what breaks or hangs within it is a failure of the request. */
async function fetchWhole(...request: Parameters<typeof fetch>): Promise<Response> {
  const answer = await fetch(...request);
  const body = await readBody(answer, maxAnswer);
  // What is left unread would keep the connection, and this process with it.
  if (!answer.body?.locked) await answer.body?.cancel();
  if (body === "too large") throw new TooLarge(`it is larger than ${maxAnswer} bytes`);
  if (body === "cut off") throw new Error("it was cut off");
  return new Response(new TextDecoder().decode(body) || null, answer);
}

function reason(error: unknown, timeout: number): string {
  if (error instanceof HTTPError) return `answered ${error.response.status}`;
  if (error instanceof TimeoutError) return `no answer: waited for ${timeout / 1000} s`;
  // What fetch throws says only that it failed; why is in its cause, which may have a code in place of a message.
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  if (!(cause instanceof Error)) return `no answer: ${cause}`;
  return `no answer: ${cause.message || ("code" in cause ? cause.code : cause.name)}`;
}

/** Retry-After in either form, seconds or an HTTP date, as milliseconds from now. */
function millisecondsOf(retryAfter: string): number | undefined {
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = /^[A-Z][a-z]+, /.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

// One request to HubSpot's API: with its key, its time limit and its retries; or the same as a line for the shell.
import { setTimeout as sleep } from "node:timers/promises";
import * as v from "valibot";
import { readBody } from "../protocol/body.ts";
import { plainLines, safeJson } from "./shown.ts";

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

interface Answer {
  status: number;
  text: string;
  retryAfter: string | null;
}

interface NoAnswer {
  none: string;
  final?: boolean;
}

/** What HubSpot says with a refusal. */
const hubspotError = v.partial(
  v.object({
    message: v.string(),
    category: v.string(),
    correlationId: v.string(),
    errors: v.array(v.object({ message: v.string() })),
  }),
);

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

const maxTries = 4;
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
  const { status, text, retryAfter } = await send(request, access, timeout);
  const content = readJson(text);
  if (status < 300 && (content !== undefined || text === "")) return content;

  const { output, success } = v.safeParse(hubspotError, content);
  const other: v.InferOutput<typeof hubspotError> = { message: `not HubSpot's: ${text}` };
  const { message = "none", category = "none", correlationId = "none", errors = [] } = success ? output : other;
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
async function send(request: ApiRequest, access: Access, timeout: number): Promise<Answer> {
  const what = `${request.method} ${access.server}${request.path}`;
  const repeatable = request.method !== "POST";
  for (let tries = 1; ; tries++) {
    const answer = await sendOnce(request, access, timeout);
    const lost = "none" in answer;
    const again = lost ? repeatable && !answer.final : answer.status === 429 || (answer.status >= 500 && repeatable);
    const wait = (lost ? undefined : millisecondsOf(answer.retryAfter)) ?? 2 ** tries * (200 + Math.random() * 100);
    if (!again || tries === maxTries || wait > maxWait) {
      if (!lost) return answer;
      const mayHaveArrived = !repeatable && !/ECONNREFUSED|ENOTFOUND|EAI_AGAIN/.test(answer.none);
      throw new Error(`${what}: ${answer.none}${mayHaveArrived ? `; it may have arrived: ${look}` : ""}`);
    }
    const why = lost ? answer.none : `answered ${answer.status}`;
    console.error(plainLines(`${what}: ${why}; trying again in ${Math.ceil(wait / 1000)} s`, [access.key]));
    await sleep(wait);
  }
}

/** The answer, or in words why there is none; `final` if it would be no other the next time. */
async function sendOnce(request: ApiRequest, access: Access, timeout: number): Promise<Answer | NoAnswer> {
  const { url, ...init } = prepare(request, access);
  const late = AbortSignal.timeout(timeout);
  const enough = new AbortController();
  try {
    // A redirect is taken as the answer, so that the key goes nowhere else.
    const response = await fetch(url, { ...init, redirect: "manual", signal: AbortSignal.any([late, enough.signal]) });
    const body = await readBody(response, maxAnswer);
    if (body === "too large") return { none: `the answer is larger than ${maxAnswer} bytes`, final: true };
    if (body === "cut off") return { none: late.aborted ? waited(timeout) : "no answer: it was cut off" };
    const { status, headers } = response;
    return { status, text: new TextDecoder().decode(body), retryAfter: headers.get("retry-after") };
  } catch (error) {
    return { none: late.aborted ? waited(timeout) : `no answer: ${reason(error)}` };
  } finally {
    // What was left unread would keep the connection, and this process with it.
    enough.abort();
  }
}

const waited = (timeout: number) => `no answer: waited for ${timeout / 1000} s`;

function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // What fetch throws says only that it failed; why is in its cause, which may have a code in place of a message.
  const { cause } = error;
  if (!(cause instanceof Error)) return error.message;
  return cause.message || ("code" in cause ? String(cause.code) : cause.name);
}

/** Retry-After in either form, seconds or an HTTP date, as milliseconds from now. */
function millisecondsOf(retryAfter: string | null): number | undefined {
  if (retryAfter === null) return undefined;
  if (/^\d+$/.test(retryAfter)) return Number(retryAfter) * 1000;
  const date = /^[A-Z][a-z]+, /.test(retryAfter) ? Date.parse(retryAfter) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - Date.now());
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

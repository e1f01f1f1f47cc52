// The help desk: asks a calling app's webhook which numbers can be connected, as HubSpot does, and says what is wrong
// with the answer. Source: the vendor's page on third-party calling in help desk. It names no status, no timeout, no
// signature version and nothing of redirects: 200 to 299, 10 s, version 3 and none followed are chosen.
import { isJson, type Message, maxBody, parseJson, readBody } from "../../http/body.ts";
import { isSafeUrl } from "../../http/loopback.ts";
import { signatureV3 } from "../../http/signature.ts";
import { e164 } from "../../protocol/e164.ts";
import { whyUnreachable } from "./unreachable.ts";

/** As much of fetch as is needed; redirects are not followed. */
export type Fetch = (
  url: string,
  init: { method: string; headers: Record<string, string>; body: string; redirect: "manual"; signal: AbortSignal },
) => Promise<Answer>;

/** As much of a Response as is needed. */
export type Answer = Message & { status: number; headers: Iterable<[name: string, value: string]> };

/** What a browser says of a request from one site to another, and so every request that the server sends by itself. */
export const crossSite = { "sec-fetch-site": "cross-site" };

export interface Question {
  /** The webhook, as it is registered. */
  url: string;
  /** The app's client secret. */
  secret: string;
  who: { appId: number; portalId: number; userId: number };
  /** For the whole answer, in milliseconds. */
  timeout?: number;
  fetch?: Fetch;
}

/** A number as the help desk lists it. */
export interface ListedNumber {
  e164PhoneNumber: string;
  extension?: string;
  friendlyName: string;
  /** What the user sees of the name: the first 24 characters. */
  shownName: string;
  /** HubSpot lets nobody select a number with an extension; that one which is not E.164 is not either is chosen. */
  selectable: boolean;
}

/** What went over the wire, what the help desk shows of it, and what is wrong in words to act on. */
export interface Asking {
  request: { method: string; url: string; headers: Record<string, string>; body: string };
  /** Absent if none came; the body as text, at most 64 kB of it. */
  response?: { status: number; headers: Record<string, string>; body: string; milliseconds: number };
  numbers: ListedNumber[];
  problems: string[];
}

const maxName = 24;

/** Asks the webhook once, signed. Never rejects: what fails is among the problems. */
export async function askForNumbers({
  url,
  secret,
  who,
  timeout = 10_000,
  fetch = globalThis.fetch,
}: Question): Promise<Asking> {
  const method = "POST";
  const body = JSON.stringify(who);
  const timestamp = `${Date.now()}`;
  const headers = {
    ...crossSite,
    "content-type": "application/json",
    "x-hubspot-request-timestamp": timestamp,
    "x-hubspot-signature-v3": await signatureV3({ secret, method, url, body, timestamp }),
  };
  const request = { method, url, headers, body };
  const failed = (problem: string) => ({ request, numbers: [], problems: [problem] });
  if (!isSafeUrl(url)) {
    return failed(`${url} was not called: a webhook's URL is https, or http on this machine; register it again`);
  }

  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new DOMException("too late", "TimeoutError")), timeout);
  const begin = performance.now();
  try {
    const answer = await fetch(url, { method, headers, body, redirect: "manual", signal: abort.signal });
    const bytes = await readBody(answer);
    if (abort.signal.aborted) return failed(whyUnreachable(abort.signal.reason, timeout));
    const response = {
      status: answer.status,
      headers: Object.fromEntries(answer.headers),
      body: typeof bytes === "string" ? "" : new TextDecoder().decode(bytes),
      milliseconds: Math.round(performance.now() - begin),
    };
    return { request, response, ...judge(response, bytes, url) };
  } catch (error) {
    return failed(`${url}: ${whyUnreachable(error, timeout)}`);
  } finally {
    clearTimeout(timer);
    // Ends an answer that goes on beyond the limit.
    abort.abort();
  }
}

type Judged = Pick<Asking, "numbers" | "problems">;

function judge(
  { status, headers }: { status: number; headers: Record<string, string> },
  bytes: Uint8Array | string,
  url: string,
): Judged {
  const { location = "", "content-type": type = "" } = headers;
  const problem = statusProblem(status, location, url);
  if (problem) return { numbers: [], problems: [problem] };
  if (typeof bytes === "string") {
    const tooLarge = `the body is over ${maxBody} bytes: that much is no list of numbers`;
    return {
      numbers: [],
      problems: [bytes === "too large" ? tooLarge : "the body was cut off: did the webhook crash?"],
    };
  }
  const problems = isJson(type)
    ? []
    : [`content-type: is ${type ? `"${type}"` : "missing"}; answer with application/json`];
  const read = readNumbers(bytes);
  return { numbers: read.numbers, problems: [...problems, ...read.problems] };
}

function statusProblem(status: number, location: string, url: string): string | undefined {
  if (status >= 200 && status < 300) return undefined;
  if (status === 401) {
    return `401: the webhook rejected our signature; is WEBHOOK_URL there the registered URL, ${url}, HUBSPOT_CLIENT_SECRET the secret that is used here, and the clock right?`;
  }
  if (status >= 300 && status < 400 && location) {
    return `${status}: a redirect to "${location}", which is not followed; register the URL that answers`;
  }
  return `${status}: answer with 200${status >= 500 ? "; what the webhook printed may say why it failed" : ""}`;
}

function readNumbers(bytes: Uint8Array): Judged {
  let answered: unknown;
  try {
    answered = parseJson(bytes);
  } catch {
    return { numbers: [], problems: ["the body is not JSON in UTF-8"] };
  }
  const list = fieldsOf(answered).get("phoneNumbers");
  if (!Array.isArray(list)) {
    const what = list === undefined ? "is missing" : "is not a list";
    return { numbers: [], problems: [`phoneNumbers: ${what}; answer with {"phoneNumbers":[…]}`] };
  }
  if (list.length === 0) {
    return { numbers: [], problems: ["phoneNumbers: is empty, so that this user has nothing to select"] };
  }
  const read = list.map((item: unknown, index) => readNumber(fieldsOf(item), `phoneNumbers[${index}]`));
  return { numbers: read.flatMap(({ numbers }) => numbers), problems: read.flatMap(({ problems }) => problems) };
}

/** A number that has no e164PhoneNumber is not listed. */
function readNumber(fields: Map<string, unknown>, where: string): Judged {
  const number = fields.get("e164PhoneNumber");
  const name = fields.get("friendlyName");
  const extension = fields.get("extension");
  const isE164 = typeof number === "string" && e164.test(number);
  const problems: string[] = [];
  if (number === undefined && fields.has("e164Number")) {
    problems.push(`${where}.e164Number: the field is e164PhoneNumber; e164Number is that of other endpoints`);
  } else if (typeof number !== "string") problems.push(`${where}.e164PhoneNumber: ${wrong(number)}`);
  else if (!isE164) {
    problems.push(`${where}.e164PhoneNumber: "${number}" is not E.164; write +, country code and number`);
  }
  if (typeof name !== "string" || name.trim() === "") problems.push(`${where}.friendlyName: ${wrong(name)}`);
  if (extension !== undefined && typeof extension !== "string") {
    problems.push(`${where}.extension: ${wrong(extension)}; or leave it out`);
  }
  if (typeof number !== "string") return { numbers: [], problems };

  const friendlyName = typeof name === "string" ? name : "";
  const listed = {
    e164PhoneNumber: number,
    ...(typeof extension === "string" ? { extension } : {}),
    friendlyName,
    shownName: [...friendlyName].slice(0, maxName).join(""),
    selectable: isE164 && !fields.has("extension"),
  };
  return { numbers: [listed], problems };
}

const wrong = (value: unknown) =>
  value === undefined
    ? "is missing"
    : value === ""
      ? "is empty"
      : `must be text that is not blank, not ${JSON.stringify(value)}`;

const fieldsOf = (value: unknown) =>
  new Map<string, unknown>(typeof value === "object" && value !== null ? Object.entries(value) : []);

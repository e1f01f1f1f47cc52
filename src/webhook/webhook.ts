// The numbers webhook: HubSpot's help desk asks it which phone numbers a user may connect. Web-standard APIs only, so
// that it runs behind any server of Node's and on worker platforms (worker.ts).
import * as v from "valibot";
import { isJson, maxBodyBytes, parseJson, readBody, reply } from "../http/body.ts";
import { mustBeId, type NumbersRequest, numbersRequest } from "../http/numbers-request.ts";
import { importSecret, verifySignatureV3 } from "../http/signature.ts";
import type { PhoneNumber } from "./phone-numbers.ts";

export type { NumbersRequest };

export interface WebhookOptions {
  /** The public URL as it is registered with HubSpot: part of what is signed, and never taken from the request. */
  url: string;
  /** The app's client secret. */
  secret: string;
  /** Returns the numbers of one user. A real app asks its own database here. */
  phoneNumbers: (request: NumbersRequest) => PhoneNumber[] | Promise<PhoneNumber[]>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

const maxAgeMs = 5 * 60_000;
// HubSpot names no limit for timestamps ahead of the clock; a minute forgives clocks that differ.
const maxAheadMs = 60_000;

/**
 * Creates a function that answers `{appId, portalId, userId}` with `{phoneNumbers}`, or with an error status and
 * `{message}`. It never rejects. Before the signature is verified, only the method, the timestamp and the length of the
 * body are read. Source: the vendor's page on third-party calling in help desk.
 * @throws an Error if the secret is empty or the URL is not a URL.
 * @example
 * const webhook = createWebhook({
 *   url: "https://app.example/webhook",
 *   secret: process.env.HUBSPOT_CLIENT_SECRET,
 *   phoneNumbers: ({ portalId, userId }) => database.numbersOf(portalId, userId),
 * });
 * const response = await webhook(request);
 */
export function createWebhook(options: WebhookOptions) {
  const { url, secret } = options;
  if (secret === "") throw new Error("secret: is empty; set HUBSPOT_CLIENT_SECRET to the app's client secret");
  if (!URL.canParse(url)) throw new Error(`url: "${url}" is not a URL; set WEBHOOK_URL to the registered URL`);
  let key: Promise<CryptoKey> | undefined;

  return async (request: Request): Promise<Response> => {
    try {
      key ??= importSecret(secret);
      return await answer(request, options, await key);
    } catch (error) {
      console.error("webhook:", error);
      return errorResponse(500, "the phone numbers could not be read");
    }
  };
}

async function answer(
  request: Request,
  { url, phoneNumbers, now = Date.now }: WebhookOptions,
  key: CryptoKey,
): Promise<Response> {
  if (request.method !== "POST") return errorResponse(405, "method: must be POST", { allow: "POST" });

  const timestamp = request.headers.get("x-hubspot-request-timestamp") ?? "";
  const ageMs = /^\d+$/.test(timestamp) ? now() - Number(timestamp) : Number.NaN;
  if (!(ageMs <= maxAgeMs && ageMs >= -maxAheadMs))
    return unauthorized("the timestamp is missing, malformed or not of now");

  const body = await readBody(request);
  if (body === "too large") return errorResponse(413, `body: must be at most ${maxBodyBytes} bytes`);
  if (body === "cut off") return errorResponse(400, "body: was cut off");

  const signature = request.headers.get("x-hubspot-signature-v3") ?? "";
  if (!(await verifySignatureV3(key, signature, { method: "POST", url, body, timestamp }))) {
    return unauthorized(`the signature is missing, or not that of this app's client secret and of ${url}`);
  }

  if (!isJson(request.headers.get("content-type"))) return errorResponse(415, "content-type: must be application/json");
  const result = parseRequest(body);
  return result instanceof Response ? result : reply(200, { phoneNumbers: await phoneNumbers(result) });
}

const errorResponse = (status: number, message: string, headers?: Record<string, string>) =>
  reply(status, { message }, headers);

/** Prints the reason for the operator, and does not send it: an attacker learns nothing. */
function unauthorized(reason: string): Response {
  console.warn(`webhook: refused a request: ${reason}`);
  return errorResponse(401, "unauthorized");
}

/** The request, or an error response that names the wrong field. */
function parseRequest(body: Uint8Array): NumbersRequest | Response {
  let json: unknown;
  try {
    json = parseJson(body);
  } catch {
    return errorResponse(400, "body: must be JSON in UTF-8");
  }
  const { success, output, issues } = v.safeParse(numbersRequest, json);
  if (success) return output;
  const field = v.getDotPath(issues[0]);
  return errorResponse(400, field ? `${field}: ${mustBeId}` : "body: must be an object");
}

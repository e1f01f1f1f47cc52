// The numbers webhook, which lists the phone numbers that a user can connect to HubSpot's help desk. It uses only
// web-standard APIs, so it runs on Node with an adapter such as @hono/node-server and, with worker.ts, on function platforms.
import * as v from "valibot";
import { isJson, maxBodyBytes, parseJson, readBody, reply } from "../http/body.ts";
import { mustBeId, type NumbersRequest, numbersRequest } from "../http/numbers-request.ts";
import { importSecret } from "../http/signature.ts";
import { LookupError, lookUpNumbers } from "./look-up-numbers.ts";
import type { PhoneNumber } from "./phone-numbers.ts";
import { oldSignatureHeader, requireSecret, verifyHeaders, verifyWithKey } from "./verify-signature.ts";

export {
  type RequestHeaders,
  type SignatureOptions,
  type SignatureProblem,
  type SignatureResult,
  verifySignature,
} from "./verify-signature.ts";
export type { NumbersRequest, PhoneNumber };

/**
 * @example
 * const options: WebhookOptions = {
 *   url: "https://app.example/webhook",
 *   secret: clientSecret,
 *   phoneNumbers: () => [{ e164PhoneNumber: "+12025550100", friendlyName: "Main line" }],
 * };
 */
export interface WebhookOptions {
  /** The public URL that is registered with HubSpot. The signature covers the URL, so the URL must match exactly. */
  url: string;
  /** The app's client secret, which is the key for the signature. */
  secret: string;
  /**
   * Returns one user's numbers, for example from your database. If this function throws or does not return a valid list,
   * HubSpot gets a 500.
   */
  phoneNumbers: (request: NumbersRequest) => PhoneNumber[] | Promise<PhoneNumber[]>;
  /**
   * The time limit for `phoneNumbers`, in milliseconds, from 1 to 2147483647. If it is exceeded, HubSpot gets a 504. Default:
   * 5000, our choice.
   */
  timeoutMs?: number;
  /** The current Unix time in milliseconds, for tests. Default: `Date.now`. */
  now?: () => number;
}

/** With a longer time, setTimeout does not wait at all. */
const maxTimeoutMs = 2 ** 31 - 1;

/**
 * Creates a function that answers HubSpot's request `{appId, portalId, userId}` with `{phoneNumbers}`, or with an error
 * status and `{message}`. The function never rejects. It verifies the signature before it parses the body.
 * Source: HubSpot's pages on third-party calling in help desk and on validating requests.
 * @throws an Error if the secret is empty, or if the URL or the time limit is invalid
 * @example
 * const webhook = createWebhook({
 *   url: "https://app.example/webhook",
 *   secret: process.env.HUBSPOT_CLIENT_SECRET ?? "",
 *   phoneNumbers: ({ portalId, userId }) => database.numbersOf(portalId, userId),
 * });
 * export default { fetch: webhook }; // Bun, Deno and function platforms
 */
export function createWebhook(options: WebhookOptions) {
  const { url, secret, timeoutMs = 5000 } = options;
  requireSecret(secret);
  if (!URL.canParse(url))
    throw new Error(
      `url: invalid URL "${url}"; use the URL that is registered with HubSpot, for example from WEBHOOK_URL`,
    );
  if (!(timeoutMs >= 1 && timeoutMs <= maxTimeoutMs))
    throw new Error(`timeoutMs: invalid value ${timeoutMs}; use a number of milliseconds, from 1 to ${maxTimeoutMs}`);
  let key: Promise<CryptoKey> | undefined;

  return async (request: Request): Promise<Response> => {
    try {
      key ??= importSecret(secret);
      return await answer(request, { ...options, timeoutMs }, await key);
    } catch (error) {
      const isLookupError = error instanceof LookupError;
      console.error("webhook:", isLookupError ? error.message : error);
      return errorResponse(isLookupError ? error.status : 500, "the phone numbers could not be read");
    }
  };
}

async function answer(
  request: Request,
  options: WebhookOptions & { timeoutMs: number },
  key: CryptoKey,
): Promise<Response> {
  const { method, headers } = request;
  if (method !== "POST") return errorResponse(405, "method: must be POST", { allow: "POST" });

  // Most unsigned requests are rejected here, before their bodies are read.
  const headersResult = verifyHeaders({ ...options, headers });
  if (!headersResult.valid && !headers.has(oldSignatureHeader)) return unauthorized(headersResult.message);

  const body = await readBody(request);
  if (body === "too large") return errorResponse(413, `body: must be at most ${maxBodyBytes} bytes`);
  if (body === "cut off") return errorResponse(400, "body: was cut off");

  const result = await verifyWithKey({ ...options, method, headers, body }, key, request.url);
  if (!result.valid) return unauthorized(result.message);

  if (!isJson(headers.get("content-type"))) return errorResponse(415, "content-type: must be application/json");
  const numbersRequest = parseRequest(body);
  if (numbersRequest instanceof Response) return numbersRequest;
  const { phoneNumbers, timeoutMs } = options;
  return reply(200, { phoneNumbers: await lookUpNumbers(() => phoneNumbers(numbersRequest), timeoutMs) });
}

const errorResponse = (status: number, message: string, headers?: Record<string, string>) =>
  reply(status, { message }, headers);

/** Prints the reason. The response does not contain the reason, which could help an attacker. */
function unauthorized(reason: string): Response {
  console.warn(`webhook: rejected a request: ${reason}`);
  return errorResponse(401, "unauthorized");
}

/** Returns the request, or an error response that names the invalid field. */
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

// The help desk asks which phone numbers a user may connect. Web-standard APIs only, so that it runs behind any server
// of Node's and on worker platforms (worker.ts).
import * as v from "valibot";
import { isJson, maxBody, parseJson, readBody, reply } from "../http/body.ts";
import { importSecret, verifySignatureV3 } from "../http/signature.ts";
import type { PhoneNumber } from "./phone-numbers.ts";

const id = v.pipe(v.number(), v.safeInteger(), v.minValue(1));
const who = v.object({ appId: id, portalId: id, userId: id });

/** Who asks: the app, the HubSpot account and the HubSpot user. */
export type Who = v.InferOutput<typeof who>;

export interface WebhookOptions {
  /** The public URL as it is registered with HubSpot: part of what is signed, and never taken from the request. */
  url: string;
  /** The app's client secret. */
  secret: string;
  /** Where a real app asks its own database. */
  phoneNumbers: (who: Who) => PhoneNumber[] | Promise<PhoneNumber[]>;
  /** Milliseconds since 1970. */
  now?: () => number;
}

const maxAge = 5 * 60_000;
// HubSpot names no limit for timestamps ahead of the clock; a minute forgives clocks that differ.
const maxAhead = 60_000;

/**
 * Answers `{appId, portalId, userId}` with `{phoneNumbers}`, or with a status and `{message}`; never throws or rejects.
 * Nothing of a request is looked at before its signature holds, save the method, the timestamp and the body's length.
 * Throws if the secret is empty or the URL is none. Source: the vendor's page on third-party calling in help desk.
 */
export function createWebhook({ url, secret, phoneNumbers, now = Date.now }: WebhookOptions) {
  if (secret === "") throw new Error("secret: is empty; set HUBSPOT_CLIENT_SECRET to the app's client secret");
  if (!URL.canParse(url)) throw new Error(`url: "${url}" is not a URL; set WEBHOOK_URL to the one that is registered`);
  let key: Promise<CryptoKey> | undefined;

  async function answer(request: Request): Promise<Response> {
    if (request.method !== "POST") return refuse(405, "method: must be POST", { allow: "POST" });

    const timestamp = request.headers.get("x-hubspot-request-timestamp") ?? "";
    const age = /^\d+$/.test(timestamp) ? now() - Number(timestamp) : Number.NaN;
    if (!(age <= maxAge && age >= -maxAhead)) return unauthorized("the timestamp is missing, malformed or not of now");

    const body = await readBody(request);
    if (body === "too large") return refuse(413, `body: must be at most ${maxBody} bytes`);
    if (body === "cut off") return refuse(400, "body: was cut off");

    key ??= importSecret(secret);
    const signature = request.headers.get("x-hubspot-signature-v3") ?? "";
    if (!(await verifySignatureV3(await key, signature, { method: "POST", url, body, timestamp }))) {
      return unauthorized(`the signature is missing, or not that of this app's client secret and of ${url}`);
    }

    if (!isJson(request.headers.get("content-type"))) return refuse(415, "content-type: must be application/json");
    const asking = readWho(body);
    if (asking instanceof Response) return asking;
    return reply(200, { phoneNumbers: await phoneNumbers(asking) });
  }

  return async (request: Request): Promise<Response> => {
    try {
      return await answer(request);
    } catch (error) {
      console.error("webhook:", error);
      return refuse(500, "the phone numbers could not be read");
    }
  };
}

const refuse = (status: number, message: string, headers?: Record<string, string>) =>
  reply(status, { message }, headers);

/** The reason is for whoever runs the webhook; whoever sent the request learns nothing. */
function unauthorized(reason: string): Response {
  console.warn(`webhook: refused a request: ${reason}`);
  return refuse(401, "unauthorized");
}

/** Who asks, or the refusal, which names the field. */
function readWho(body: Uint8Array): Who | Response {
  let asked: unknown;
  try {
    asked = parseJson(body);
  } catch {
    return refuse(400, "body: must be JSON in UTF-8");
  }
  const checked = v.safeParse(who, asked);
  if (checked.success) return checked.output;
  const field = v.getDotPath(checked.issues[0]);
  return refuse(400, field ? `${field}: must be a whole number above 0` : "body: must be an object");
}

import { importSecret, type SignedRequest, signedBytes, verifySignatureV3 } from "../http/signature.ts";
import { explainMismatch, oldVersionOf } from "./signature-mismatch.ts";

interface HeadersReader {
  get(name: string): string | null;
}

/** `Headers`, or an object such as `request.headers` in Node. */
export type RequestHeaders = HeadersReader | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * @example
 * const options: SignatureOptions = { method: "GET", url: "https://app.example/card?userId=9", headers, secret };
 */
export interface SignatureOptions {
  method: string;
  /**
   * The public URL that HubSpot requested, including the query. Behind a proxy, your server sees a different URL. For the
   * numbers webhook, use the URL that is registered with HubSpot.
   */
  url: string;
  headers: RequestHeaders;
  /** The raw body, before anything parses it. Default: empty. */
  body?: string | Uint8Array;
  /** The app's client secret. */
  secret: string;
  /** The current Unix time in milliseconds, for tests. Default: `Date.now`. */
  now?: () => number;
}

export type SignatureProblem =
  | "no-signature"
  | "no-timestamp"
  | "timestamp-not-milliseconds"
  | "too-old"
  | "in-the-future"
  | "wrong-signature";

/**
 * @example
 * const result: SignatureResult = { valid: false, reason: "too-old", message: "the request was signed 400 s ago …" };
 */
export type SignatureResult =
  | { valid: true }
  /** The message is for your log. Do not send it: an attacker could learn from it. */
  | { valid: false; reason: SignatureProblem; message: string };

const signatureHeader = "x-hubspot-signature-v3";
const timestampHeader = "x-hubspot-request-timestamp";
/** The header for signature versions 1 and 2. */
export const oldSignatureHeader = "x-hubspot-signature";

const maxAgeMs = 5 * 60_000;
// HubSpot documents no limit for timestamps in the future. One minute allows for clock skew.
const maxAheadMs = 60_000;

/**
 * Verifies a signature of version 3. If the signature is invalid, the result contains the reason. Uses only web-standard APIs.
 * Source: HubSpot's page on validating requests. The limit for timestamps in the future is our choice.
 * @throws an Error if the secret is empty
 * @example
 * const result = await verifySignature({
 *   method: request.method,
 *   url: `https://app.example${request.url}`,
 *   headers: request.headers,
 *   body: await text(request), // from node:stream/consumers
 *   secret: process.env.HUBSPOT_CLIENT_SECRET ?? "",
 * });
 * if (!result.valid) {
 *   console.warn(result.message);
 *   return response.writeHead(401).end();
 * }
 */
export async function verifySignature(options: SignatureOptions): Promise<SignatureResult> {
  requireSecret(options.secret);
  return verifyWithKey(options, await importSecret(options.secret));
}

export function requireSecret(secret: string): void {
  if (secret === "")
    throw new Error("secret: is empty; pass your app's client secret, for example from HUBSPOT_CLIENT_SECRET");
}

/**
 * Like `verifySignature`, but with an imported key.
 * @param receivedUrl the URL that the server received, which can explain a wrong signature
 */
export async function verifyWithKey(
  options: SignatureOptions,
  key: CryptoKey,
  receivedUrl?: string,
): Promise<SignatureResult> {
  const headersResult = verifyHeaders(options);
  if (!headersResult.valid) {
    if (headersResult.reason !== "no-signature") return headersResult;
    return { ...headersResult, message: headersResult.message + (await explainOldSignature(options)) };
  }
  const { headers, url, body = "" } = options;
  const signature = headerOf(headers, signatureHeader) ?? "";
  const timestamp = headerOf(headers, timestampHeader) ?? "";
  const request: SignedRequest = { method: options.method.toUpperCase(), url, body, timestamp };
  if (await verifySignatureV3(key, signature, signedBytes(request))) return { valid: true };
  const receivedHosts = ["host", "x-forwarded-host"].flatMap((name) => headerOf(headers, name) ?? []);
  const mismatch = await explainMismatch(request, {
    signature,
    secret: options.secret,
    key,
    receivedUrl,
    receivedHosts,
  });
  const checks = `check that the client secret is correct, that the body is the raw body, and that ${url} is the URL that HubSpot requests`;
  return invalid("wrong-signature", `the signature is wrong; ${mismatch ?? checks}`);
}

/** Checks only the headers: both must exist, and the timestamp must be in milliseconds and close to the current time. */
export function verifyHeaders({ headers, now = Date.now }: Pick<SignatureOptions, "headers" | "now">): SignatureResult {
  if (!headerOf(headers, signatureHeader)) {
    return invalid("no-signature", "X-HubSpot-Signature-v3 is missing; HubSpot sends it, and a proxy must pass it on");
  }
  const timestamp = headerOf(headers, timestampHeader);
  if (!timestamp) {
    return invalid(
      "no-timestamp",
      "X-HubSpot-Request-Timestamp is missing; HubSpot sends it, and a proxy must pass it on",
    );
  }
  if (!/^\d{12,15}$/.test(timestamp)) {
    const unit = /^\d{9,11}$/.test(timestamp) ? "is in seconds" : "is not a Unix time in milliseconds";
    return invalid("timestamp-not-milliseconds", `X-HubSpot-Request-Timestamp ${unit}; HubSpot sends milliseconds`);
  }
  const ageMs = now() - Number(timestamp);
  const clock = "if the request is from HubSpot, correct this machine's clock";
  if (ageMs > maxAgeMs) {
    const limit = `the limit is ${maxAgeMs / 1000} s`;
    return invalid("too-old", `the request was signed ${Math.ceil(ageMs / 1000)} s ago, but ${limit}; ${clock}`);
  }
  if (ageMs < -maxAheadMs) {
    const limit = `the limit is ${maxAheadMs / 1000} s`;
    return invalid("in-the-future", `the timestamp is ${Math.ceil(-ageMs / 1000)} s ahead, but ${limit}; ${clock}`);
  }
  return { valid: true };
}

const invalid = (reason: SignatureProblem, message: string): SignatureResult => ({ valid: false, reason, message });

/** Returns a sentence about the header for the older signature versions, or "" if that header is missing. */
async function explainOldSignature({ headers, method, url, body = "", secret }: SignatureOptions): Promise<string> {
  const signature = headerOf(headers, oldSignatureHeader);
  if (!signature) return "";
  const version = await oldVersionOf(signature, { method: method.toUpperCase(), url, body }, secret);
  const what = version
    ? `a valid signature of version ${version}`
    : "a signature that is valid for neither version 1 nor version 2";
  return `. X-HubSpot-Signature contains ${what}, but only version 3 is accepted`;
}

/** Returns the header's value, or undefined if the header is missing. Ignores the case of the header's name. */
function headerOf(headers: RequestHeaders, name: string): string | undefined {
  if (isReader(headers)) return headers.get(name) ?? undefined;
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return typeof value === "string" ? value : value?.join(", ");
}

const isReader = (headers: RequestHeaders): headers is HeadersReader => typeof headers.get === "function";

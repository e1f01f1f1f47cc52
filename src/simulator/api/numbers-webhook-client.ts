// Calls an app's numbers webhook, as HubSpot's help desk does (HubSpot's documentation: third-party calling in help desk).
// HubSpot does not document the success statuses, the time limit, the signature version, or whether it follows redirects.
// Our choice: 200 to 299, 10 seconds, version 3, and no redirects.
import { readBody } from "../../http/body.ts";
import { crossSiteHeaders } from "../../http/cross-site.ts";
import type { Fetch, FetchedResponse } from "../../http/fetch.ts";
import { isSafeUrl } from "../../http/loopback.ts";
import type { NumbersRequest } from "../../http/numbers-request.ts";
import { signatureV3 } from "../../http/signature.ts";
import { whyUnreachable } from "../../http/unreachable.ts";
import { type ValidatedNumbers, validateResponse, type WebhookResponse } from "./numbers-webhook-response.ts";

export interface WebhookCall {
  url: string;
  secret: string;
  body: NumbersRequest;
  /** The time limit for the complete response. */
  timeoutMs?: number;
  fetch?: Fetch;
}

export interface WebhookRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
}

export interface WebhookExchange extends ValidatedNumbers {
  request: WebhookRequest;
  response?: WebhookResponse;
}

/**
 * Sends a signed request, unless the URL is not safe. The result reports a failure in `problems`. Rejects only if the secret is
 * empty.
 */
export async function callWebhook(call: WebhookCall): Promise<WebhookExchange> {
  const { url, timeoutMs = 10_000, fetch = globalThis.fetch } = call;
  const request = await signedRequest(call);
  const failure = (problem: string) => ({ request, numbers: [], problems: [problem] });
  const unreachable = (error: unknown) => failure(`${url}: ${whyUnreachable(error, timeoutMs)}`);
  if (!isSafeUrl(url)) {
    return failure(
      `${url} was not called, because a webhook URL must use https, or http on this machine; register another URL`,
    );
  }

  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(new DOMException("too late", "TimeoutError")), timeoutMs);
  const start = performance.now();
  try {
    const { method, headers, body } = request;
    const fetched = await fetch(url, { method, headers, body, redirect: "manual", signal: abort.signal });
    const bytes = await readBody(fetched);
    if (abort.signal.aborted) return unreachable(abort.signal.reason);
    const response = toWebhookResponse(fetched, bytes, performance.now() - start);
    return { request, response, ...validateResponse(response, bytes, url) };
  } catch (error) {
    return unreachable(error);
  } finally {
    clearTimeout(timer);
    // Cancels the download of a response that is too large.
    abort.abort();
  }
}

async function signedRequest({ url, secret, body: numbersRequest }: WebhookCall): Promise<WebhookRequest> {
  const method = "POST";
  const body = JSON.stringify(numbersRequest);
  const timestamp = `${Date.now()}`;
  const headers = {
    ...crossSiteHeaders,
    "content-type": "application/json",
    "x-hubspot-request-timestamp": timestamp,
    "x-hubspot-signature-v3": await signatureV3({ secret, method, url, body, timestamp }),
  };
  return { method, url, headers, body };
}

function toWebhookResponse(
  { status, headers }: FetchedResponse,
  bytes: Uint8Array | string,
  durationMs: number,
): WebhookResponse {
  return {
    status,
    headers: Object.fromEntries(headers),
    body: typeof bytes === "string" ? "" : new TextDecoder().decode(bytes),
    milliseconds: Math.round(durationMs),
  };
}

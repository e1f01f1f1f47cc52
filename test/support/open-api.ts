// Opens HubSpot's endpoints or the internal endpoints with in-memory state, and provides valid request bodies.
import { expect } from "@playwright/test";
import { fetchHeaders } from "../../src/node/local-https-fetch.ts";
import { createApi } from "../../src/simulator/api/api.ts";
import { createInternalApi } from "../../src/simulator/api/internal-api.ts";
import type { Call, State } from "../../src/simulator/api/state.ts";
import { memory } from "./memory-store.ts";

export const now = Date.UTC(2026, 2, 31, 12);
export const stamped = { createdAt: "2026-03-31T12:00:00.000Z", updatedAt: "2026-03-31T12:00:00.000Z" };
export const running: Call = {
  engagementId: 77,
  externalCallId: "call-1",
  direction: "OUTBOUND",
  state: "answered",
  properties: { hs_call_title: "First", hs_call_body: "Notes" },
  createdAt: now,
};
export const match = {
  callerIdType: "CONTACT",
  objectCoordinates: { portalId: 1, objectId: 2, objectTypeId: "0-1" },
  firstName: "Ada",
} as const;

interface Sending {
  headers?: Record<string, string>;
  body?: unknown;
  /** A body that is sent unchanged. */
  raw?: string | Uint8Array<ArrayBuffer>;
  host?: string;
}

/** Creates a function that sends requests with these default headers, and reads the responses. */
function sender(api: (request: Request) => Promise<Response | undefined>, usual: Record<string, string>) {
  return async (method: string, path: string, { headers, body, raw, host = "127.0.0.1:9026" }: Sending = {}) => {
    const response = await api(
      new Request(`http://${host}${path}`, {
        method,
        headers: { "content-type": "application/json", ...usual, ...headers },
        body:
          method === "GET" || method === "HEAD" ? null : (raw ?? (body === undefined ? null : JSON.stringify(body))),
      }),
    );
    if (!response) throw new Error(`the API has no path ${path}`);
    const text = await response.text();
    return { status: response.status, headers: response.headers, body: text === "" ? undefined : JSON.parse(text) };
  };
}

/** Returns the API, by default with in-memory state, and a function that sends requests to it. */
export function open(state?: State, store = memory(state)) {
  const api = createApi({
    store,
    now: () => now,
    matchesOf: (number) => (number === "+12025550100" ? [match] : []),
  });
  return { store, api, send: sender(api, { authorization: "Bearer anything" }) };
}

export const secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy";
export const webhookUrl = "https://localhost:9025/webhook";

/** Returns the internal API with in-memory state, and a function that sends requests as the simulator's page does. */
export function openPage(state?: State) {
  const store = memory(state);
  const api = createInternalApi({ store, webhook: { url: webhookUrl, secret }, fetchHeaders, now: () => now });
  return { store, api, send: sender(api, { "sec-fetch-site": "same-origin" }) };
}

const uuid = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
export const errorResponse = (category: string, message: RegExp, inField?: string) => ({
  status: "error",
  message: expect.stringMatching(message),
  category,
  correlationId: expect.stringMatching(uuid),
  ...(inField ? { errors: [{ message: expect.any(String), in: inField }] } : {}),
});

export const calling = {
  name: "My app",
  url: "https://example.com/app",
  width: 400,
  height: 600,
  isReady: false,
  supportsCustomObjects: true,
  supportsInboundCalling: true,
  usesCallingWindow: false,
  usesRemote: true,
};
export const connection = { url: "https://example.com/webhook", isReady: false };
/** An ended call that took place outside HubSpot. */
export const inbound = {
  createEngagement: true,
  engagementProperties: { hs_call_title: "Missed" },
  externalCallId: "call-9",
  finalCallStatus: "MISSED",
  fromNumber: { e164Number: "+12025550100", phoneNumberType: "MOBILE" },
  toNumber: { e164Number: "+12025550199", phoneNumberType: "VOIP", extension: "7" },
  potentialRecipientUserIds: [1, 2],
  callStartedTimestamp: "2026-03-31T11:59:00Z",
  durationSeconds: 30,
  userId: 9,
};
export const recording = { urlToRetrieveAuthedRecording: "https://example.com/recordings/%s" };

export const versions = {
  v3: "/crm/v3/extensions/calling",
  "2025-09": "/crm/extensions/calling/2025-09",
  "2026-03": "/crm/extensions/calling/2026-03",
  "2026-09": "/crm/extensions/calling/2026-09",
};
export const objects = {
  v3: "/crm/v3/objects/calls",
  "2025-09": "/crm/objects/2025-09/calls",
  "2026-03": "/crm/objects/2026-03/calls",
  "2026-09": "/crm/objects/2026-09/calls",
};

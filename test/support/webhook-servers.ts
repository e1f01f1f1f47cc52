// The webhook benchmark's two servers, which run in a worker thread: the webhook, and a handler that only echoes the body.
// Both use the adapter from src/server.
import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { createRequestListener } from "../../src/server/fetch-adapter.ts";
import { numbersOf } from "../../src/webhook/phone-numbers.ts";
import { createWebhook } from "../../src/webhook/webhook.ts";

/** The thread's workerData. The thread replies with `Ports`. */
export type WebhookSettings = { url: string; secret: string };
export type Ports = { webhook: number; echo: number };

const { url, secret }: WebhookSettings = workerData;
const numbers = { default: [{ e164PhoneNumber: "+18005550100", friendlyName: "Main line" }] };
const webhook = createWebhook({ url, secret, phoneNumbers: (request) => numbersOf(numbers, request) });

const echo = async (request: Request) =>
  new Response(await request.text(), { headers: { "content-type": "application/json" } });

function start(handler: (request: Request) => Promise<Response>): Promise<number> {
  const server = createServer(createRequestListener(handler));
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve(address.port);
    });
  });
}

const ports: Ports = { webhook: await start(webhook), echo: await start(echo) };
parentPort?.postMessage(ports);

// What the webhook's benchmark measures, in a thread of its own: the webhook behind Node's server, as the project's own
// has it, and behind the same adapter what only sends the body back.
import { createServer } from "node:http";
import { parentPort, workerData } from "node:worker_threads";
import { createRequestListener } from "../../src/server/fetch-adapter.ts";
import { numbersOf } from "../../src/webhook/phone-numbers.ts";
import { createWebhook } from "../../src/webhook/webhook.ts";

/** What the thread is given, and the ports that it answers with. */
export type Given = { url: string; secret: string };
export type Ports = { webhook: number; echo: number };

const { url, secret }: Given = workerData;
const numbers = { default: [{ e164PhoneNumber: "+18005550100", friendlyName: "Main line" }] };
const webhook = createWebhook({ url, secret, phoneNumbers: (who) => numbersOf(numbers, who) });

const echo = async (request: Request) =>
  new Response(await request.text(), { headers: { "content-type": "application/json" } });

function start(answer: (request: Request) => Promise<Response>): Promise<number> {
  const server = createServer(createRequestListener(answer));
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve(address.port);
    });
  });
}

const ports: Ports = { webhook: await start(webhook), echo: await start(echo) };
parentPort?.postMessage(ports);

// What the webhook's benchmark measures, in a thread of its own: the webhook behind Node's server, with no more between
// the two than must be, and a server that only sends the body back.
import { createServer, type RequestListener } from "node:http";
import { buffer } from "node:stream/consumers";
import { parentPort, workerData } from "node:worker_threads";
import { createWebhook, numbersOf } from "../../src/webhook/webhook.ts";

/** What the thread is given, and the ports that it answers with. */
export type Given = { url: string; secret: string };
export type Ports = { webhook: number; echo: number };

const { url, secret }: Given = workerData;
const numbers = { default: [{ e164PhoneNumber: "+18005550100", friendlyName: "Main line" }] };
const webhook = createWebhook({ url, secret, phoneNumbers: (who) => numbersOf(numbers, who) });

async function signed(...[incoming, outgoing]: Parameters<RequestListener>): Promise<void> {
  const { method = "", rawHeaders } = incoming;
  const headers = new Headers();
  for (let at = 0; at < rawHeaders.length; at += 2) headers.append(rawHeaders[at] ?? "", rawHeaders[at + 1] ?? "");
  const response = await webhook(new Request(url, { method, headers, body: await buffer(incoming) }));
  outgoing.writeHead(response.status, Object.fromEntries(response.headers));
  outgoing.end(await response.text());
}

async function echo(...[incoming, outgoing]: Parameters<RequestListener>): Promise<void> {
  const body = await buffer(incoming);
  outgoing.writeHead(200, { "content-type": "application/json" }).end(body);
}

function start(listener: RequestListener): Promise<number> {
  const server = createServer(listener);
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      if (typeof address === "object" && address) resolve(address.port);
    });
  });
}

const ports: Ports = { webhook: await start(signed), echo: await start(echo) };
parentPort?.postMessage(ports);

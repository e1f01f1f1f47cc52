// Compares how many signed requests per second the webhook and a server that only echoes the body can answer.
// The servers and the client run in separate threads. The client uses plain sockets, so that it needs little CPU time.
import { once } from "node:events";
import { connect } from "node:net";
import { Worker } from "node:worker_threads";
import { test } from "@playwright/test";
import esbuild from "esbuild";
import { signatureV3 } from "../../src/http/signature.ts";
import { describeRatio, median, orderForRound, pairedRatio } from "../support/ratios.ts";
import type { Ports, WebhookSettings } from "../support/webhook-servers.ts";

const rounds = 20;
const warmUps = 2;
const requests = 2000;
const inFlight = 16;
const options: WebhookSettings = { url: "https://localhost:9025/webhook", secret: "a secret of the benchmark" };

/** Signs the requests, each for a different user. */
function signRequests(): Promise<Buffer[]> {
  const timestamp = `${Date.now()}`;
  const sign = async (_: unknown, index: number) => {
    const body = JSON.stringify({ appId: 12345, portalId: 62515, userId: index + 1 });
    const signature = await signatureV3({ ...options, method: "POST", body, timestamp });
    const head = [
      "POST /webhook HTTP/1.1",
      "host: localhost",
      "content-type: application/json",
      `content-length: ${body.length}`,
      `x-hubspot-request-timestamp: ${timestamp}`,
      `x-hubspot-signature-v3: ${signature}`,
    ];
    return Buffer.from(`${head.join("\r\n")}\r\n\r\n${body}`);
  };
  return Promise.all(Array.from({ length: requests }, sign));
}

/** Starts both servers in one thread. Bundles the thread's code, because not every supported Node version runs TypeScript. */
async function startServers() {
  const entryPoints = [`${import.meta.dirname}/../support/webhook-servers.ts`];
  const { outputFiles } = await esbuild.build({
    entryPoints,
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const script = Buffer.from(outputFiles[0]?.text ?? "").toString("base64");
  const worker = new Worker(new URL(`data:text/javascript;base64,${script}`), { workerData: options });
  const [ports]: Ports[] = await once(worker, "message");
  if (!ports) throw new Error("The servers did not report their ports.");
  return { worker, ports };
}

/** Sends all requests, one at a time on each connection. Returns the number of requests per second. */
async function perSecond(port: number, all: readonly Buffer[]): Promise<number> {
  const remaining = all.values();
  const start = performance.now();
  const answered = await Promise.all(Array.from({ length: inFlight }, () => sendOverConnection(port, remaining)));
  const seconds = (performance.now() - start) / 1000;
  if (answered.reduce((sum, count) => sum + count, 0) !== all.length)
    throw new Error("Not every request was answered.");
  return all.length / seconds;
}

/** Returns the number of answered requests. Rejects if the status of an answer is not 200. */
async function sendOverConnection(port: number, remaining: Iterator<Buffer>): Promise<number> {
  const socket = connect(port, "127.0.0.1").setNoDelay().setEncoding("latin1");
  let answered = 0;
  let received = "";
  const sendNext = () => {
    const { value, done } = remaining.next();
    if (done) socket.end();
    else socket.write(value);
  };
  socket.on("connect", sendNext).on("data", (chunk) => {
    received += chunk;
    const [head = "", body] = received.split("\r\n\r\n");
    if (body === undefined || body.length < Number(/content-length: (\d+)/i.exec(head)?.[1])) return;
    if (!head.startsWith("HTTP/1.1 200 ")) socket.destroy(new Error(`A request was rejected: ${received}`));
    received = "";
    answered += 1;
    sendNext();
  });
  await once(socket, "close");
  return answered;
}

test("measures the webhook's throughput", async () => {
  test.setTimeout(120_000);
  const all = await signRequests();
  const { worker, ports } = await startServers();
  const rates: Record<keyof Ports, number[]> = { webhook: [], echo: [] };
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const name of orderForRound(["webhook", "echo"] as const, round + warmUps)) {
      const rate = await perSecond(ports[name], all);
      if (round >= 0) rates[name].push(rate);
    }
  }
  await worker.terminate();

  const requestsPerSecond = Math.round(median(rates.webhook) / 100) * 100;
  const ratio = pairedRatio(rates.webhook, rates.echo);
  console.log(
    `webhook: about ${requestsPerSecond} signed requests per second, ${describeRatio(ratio, "a server that only echoes")}`,
  );
});

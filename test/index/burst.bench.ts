// Compares how fast the calling app and an empty page, which only stores events, handle a burst of 50,000 events.
import { createServer } from "node:http";
import type { Browser } from "@playwright/test";
import { appUrl, expect, sync, test } from "../support/host.ts";
import { describeRatio, orderForRound, pairedRatio } from "../support/ratios.ts";

const events = 50_000;
const rounds = 10;
const warmUps = 1;
const budget = 2;

/** Stores every event, and answers SYNC and END_CALL as the calling app does. */
const emptyPage = `<!doctype html><meta charset="utf-8"><title>Empty</title><script>
const stored = [];
addEventListener("message", ({ data, source, origin }) => {
  stored.push(data);
  const post = (type) => source.postMessage({ type, messageId: "1" }, origin);
  if (data.type === "SYNC") post("INITIALIZED");
  if (data.type === "END_CALL") post("CALL_ENDED");
});
</script>`;

const hostPage = `<!doctype html><title>Host</title><body><script>
  const replied = (type) => new Promise((resolve) => {
    addEventListener("message", ({ data }) => { if (data.type === type) resolve(); });
  });
  const measure = async (src) => {
    const frame = Object.assign(document.createElement("iframe"), { src, width: 400, height: 650 });
    document.body.append(frame);
    await new Promise((loaded) => { frame.onload = loaded; });
    let id = 0;
    const post = (message) => frame.contentWindow.postMessage({ messageId: "host_" + id++, ...message }, "*");
    const ready = replied("INITIALIZED");
    post({ type: "SYNC", hostUrl: location.origin, ...${JSON.stringify(sync)} });
    await ready;
    const ended = replied("CALL_ENDED");
    const start = performance.now();
    for (let n = 0; n < ${events}; n++) post({ type: "SET_CALL_STATE", data: { n, state: "RINGING" } });
    post({ type: "END_CALL" });
    await ended;
    return performance.now() - start;
  };
</script>`;

/** Returns the time in milliseconds until the page has handled the whole burst. */
async function measure(browser: Browser, port: number | undefined, path: string): Promise<number> {
  const context = await browser.newContext();
  // Playwright reads the console, which would add time that users do not experience.
  await context.addInitScript(() => void Object.assign(console, { log() {}, debug() {} }));
  try {
    const page = await context.newPage();
    await page.goto(`http://127.0.0.1:${port}/host`);
    return await page.evaluate<number>(`measure("http://localhost:${port}${path}")`);
  } finally {
    await context.close();
  }
}

test("handles a burst of events within the budget", async ({ browser, request }) => {
  test.setTimeout(420_000);
  const app = await request.get(appUrl);
  const pages: Record<string, string> = { "/app": await app.text(), "/empty": emptyPage, "/host": hostPage };
  const server = createServer(({ url = "" }, response) => {
    response.writeHead(200, { "content-type": "text/html" }).end(pages[url]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" ? address?.port : undefined;

  const times = { "/app": [] as number[], "/empty": [] as number[] };
  for (let round = -warmUps; round < rounds; round += 1) {
    for (const path of orderForRound(["/app", "/empty"] as const, round + warmUps)) {
      const time = await measure(browser, port, path);
      if (round >= 0) times[path].push(time);
    }
  }
  server.close();

  const ratio = pairedRatio(times["/app"], times["/empty"]);
  const verdict = ratio.median <= budget ? "kept" : "exceeded";
  console.log(
    `burst of ${events} events: ${describeRatio(ratio, "an empty page that stores them")}; the budget of ${budget} is ${verdict}`,
  );
  expect(ratio.lower, "at least three in four pairs exceed the budget").toBeLessThanOrEqual(budget);
});

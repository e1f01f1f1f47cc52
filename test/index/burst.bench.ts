// Compares how fast the calling app and an empty page handle a burst of 50,000 events.
import { appUrl, expect, sync, test } from "../support/host.ts";
import { describeRatio, pairedRatio } from "../support/ratios.ts";
import { timePages } from "../support/time-pages.ts";

const events = 50_000;
const budget = 2;

/** Stores every event, and answers SYNC with INITIALIZED and END_CALL with CALL_ENDED. */
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

test("handles a burst of events within the budget", async ({ browser, request }) => {
  test.setTimeout(420_000);
  const app = await request.get(appUrl);
  const times = await timePages(browser, {
    pages: { "/app": await app.text(), "/empty": emptyPage },
    hostPage,
    headers: { "content-type": "text/html" },
    rounds: 10,
    warmUps: 1,
    settleMs: 0,
  });
  const ratio = pairedRatio(times["/app"], times["/empty"]);
  const verdict = ratio.median <= budget ? "met" : "exceeded";
  console.log(
    `burst of ${events} events: ${describeRatio(ratio, "an empty page that stores them")}; the budget of ${budget} is ${verdict}`,
  );
  expect(ratio.lower, "the lower quartile exceeds the budget").toBeLessThanOrEqual(budget);
});

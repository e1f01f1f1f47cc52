// Sends many messages and makes many calls at once.
import type { Page } from "@playwright/test";
import { expect, initialize, minimalApp, Simulator, test } from "../../support/simulator.ts";

/** `makeCalls` makes `count` complete calls without waiting for a reply, and then sends LAST. */
const app = `${minimalApp(initialize)}<script>
  function makeCalls(count, name) {
    const post = (type, data) => parent.postMessage({ type, messageId: "by hand", data }, "*");
    for (let call = 0; call < count; call++) {
      const externalCallId = name + call;
      const numbers = { fromNumber: "+18005550100", toNumber: "+18005550151" };
      post("OUTGOING_CALL_STARTED", { externalCallId, ...numbers, createEngagement: true });
      post("CALL_ANSWERED", { externalCallId });
      post("CALL_ENDED", { externalCallId, callEndStatus: "COMPLETED" });
      post("CALL_COMPLETED", { externalCallId, hideWidget: false, engagementProperties: { hs_call_body: name } });
    }
    post("LAST");
  }
</script>`;

const makeCalls = (page: Page, count: number, name: string) =>
  page.frames().at(-1)?.evaluate(`makeCalls(${count}, "${name}")`);

/** Stops the page's output to the console, because Playwright would receive every message. */
const silence = (page: Page) => page.evaluate(() => void Object.assign(console, { debug() {}, log() {} }));

const completed = async (simulator: Simulator) =>
  (await simulator.engagements()).filter(({ state, properties }) => state === "completed" && properties.hs_call_body);

test("stores 300 calls from one burst", async ({ simulator, page, serve }) => {
  await simulator.ready({ app: await serve((response) => response.end(app)) });
  await silence(page);
  // Keeps these calls off the server, and so out of other tests' pages. A route would take several seconds for 1,200 requests.
  await page.evaluate(() => {
    window.fetch = async () => Response.json({});
  });
  await makeCalls(page, 300, "call ");
  await simulator.sent("LAST");
  await expect.poll(async () => (await completed(simulator)).length).toBe(300);
  expect(new Set((await completed(simulator)).map(({ engagementId }) => engagementId)).size).toBe(300);
});

test("lists all messages of a burst in hubspot.messages(), in order, as soon as the last one has arrived", async ({
  simulator,
  page,
  serve,
}) => {
  await simulator.ready({ app: await serve((response) => response.end(app)) });
  await silence(page);
  const types = page.evaluate(
    () =>
      new Promise<string[]>((resolve) => {
        window.addEventListener("message", ({ data }) => {
          if (data.type !== "LAST") return;
          const fromApp = window.hubspot.messages().filter(({ from }) => from === "app");
          resolve(fromApp.slice(1).map(({ type }) => type));
        });
      }),
  );
  // Waits until the page has added the listener.
  await page.evaluate(() => undefined);
  await page
    .frames()
    .at(-1)
    ?.evaluate(`
    for (let n = 0; n < 2000; n++) parent.postMessage({ type: n % 2 ? "USER_AVAILABLE" : "USER_UNAVAILABLE", messageId: "by hand" }, "*");
    parent.postMessage({ type: "LAST", messageId: "by hand" }, "*");
  `);
  const expected = Array.from({ length: 2000 }, (_, n) => (n % 2 ? "USER_AVAILABLE" : "USER_UNAVAILABLE"));
  expect(await types).toEqual([...expected, "LAST"]);
});

test("stores 60 calls from each of two tabs that make them at the same time, with unique engagement ids", async ({
  simulator,
  page,
  serve,
}) => {
  const url = await serve((response) => response.end(app));
  const other = new Simulator(await page.context().newPage());
  await simulator.ready({ app: url });
  await other.ready({ app: url });
  for (const tab of [page, other.page]) await silence(tab);
  await Promise.all([makeCalls(page, 60, "first "), makeCalls(other.page, 60, "second ")]);
  await Promise.all([simulator.sent("LAST"), other.sent("LAST")]);
  for (const tab of [simulator, other]) {
    await expect.poll(async () => (await completed(tab)).length).toBe(120);
    expect(new Set((await completed(tab)).map(({ engagementId }) => engagementId)).size).toBe(120);
  }
});

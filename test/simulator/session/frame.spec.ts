// Loads calling apps by URL, including apps that fail.

import { inWindow } from "../../support/fake-window.ts";
import { expect, initialize, minimalApp, silentApp, test } from "../../support/simulator.ts";

test("loads and reloads an app that uses URL fragments as routes and implements the protocol without the SDK", async ({
  simulator,
  serve,
  page,
}) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  await simulator.ready({ app: `${app}#/phone` });
  await expect(page.locator("#provider option").first()).toHaveText(new URL(app).host);
  expect(await page.evaluate(() => window.hubspot.ready)).toEqual({ version: "1.2.3" });
  expect(await simulator.findings()).toEqual([]);

  await page.locator("#reload").click();
  const readies = async () => (await simulator.messages("hubspot")).filter(({ type }) => type === "READY").length;
  await expect.poll(readies).toBe(2);
  await page.evaluate(() => window.hubspot.loggedIn);
  await simulator.dial();
  expect((await simulator.messages("hubspot")).at(-1)?.type).toBe("DIAL_NUMBER");
});

test("reports an app that does not instantiate the SDK", async ({ simulator, serve, page }) => {
  await simulator.open({ app: await serve((response) => response.end(silentApp)), timeout: "500" });
  await expect(page.locator("#status")).toHaveAttribute("data-state", "failed");
  await expect
    .poll(() => simulator.findings())
    .toMatchObject([
      { rule: "no-answer", severity: "error", message: expect.stringMatching(/does not instantiate the SDK/) },
    ]);
});

test("shows an alert for an invalid URL, and loads the default app", async ({ simulator, page }) => {
  await simulator.ready({ app: "localhost" });
  await expect(page.getByRole("alert")).toContainText('Invalid URL "localhost" in ?app=');
});

const hugeMessages: { [name: string]: string } = {
  "a typed array": `new Uint8Array(2e7)`,
  "a list": `Array(1e6).fill(0)`,
  "a boxed string": `Object("x".repeat(1e7))`,
  "a typed array as data": `message({ data: new Uint8Array(2e7) })`,
  "a boxed string as data": `message({ data: Object("x".repeat(1e7)) })`,
  "many fields besides the type": `Object.assign(message({}), manyFields(2e4))`,
  "many fields in data": `message({ data: manyFields(2e5) })`,
  "a list with a type": `Object.assign(Array(5e6), message({}))`,
  "an error": `message({ data: new Error("x".repeat(1e7)) })`,
  "a blob": `message({ data: new Blob([new Uint8Array(2e7)]) })`,
  "a map": `message({ data: new Map(Object.entries(manyFields(2e4))) })`,
  "lists that are shared many times": `message({ data: Array.from({ length: 30 }).reduce((inner) => Array(10).fill(inner), 0) })`,
  "fields of SET_WIDGET_URL": `Object.assign(message({ type: "SET_WIDGET_URL" }), manyFields(2e4))`,
};

test("handles huge messages in less than twice the time that the browser takes to read them, and reports the messages that have a type", async ({
  simulator,
  page,
}) => {
  await page.addInitScript(() => {
    const times = { reading: 0, handling: 0 };
    let begin = 0;
    // This listener runs first. The browser deserializes a message when a listener first reads its data.
    window.addEventListener("message", (event) => {
      const beforeReading = performance.now();
      void event.data;
      begin = performance.now();
      times.reading += begin - beforeReading;
    });
    const addLastListener = () =>
      window.addEventListener("message", () => (times.handling += performance.now() - begin));
    Object.assign(window, { times, addLastListener });
  });
  await simulator.ready();
  await page.evaluate("addLastListener()");
  const [app] = page.frames().slice(1);
  await app?.evaluate(`{
    const message = (fields) => ({ type: "OUTGOING_CALL_STARTED", messageId: "by hand", ...fields });
    const manyFields = (length) => Object.fromEntries(Array.from({ length }, (_, index) => ["field" + index, index]));
    for (const huge of [${Object.values(hugeMessages)}]) parent.postMessage(huge, "*");
    parent.postMessage({ type: "LAST", messageId: "by hand" }, "*");
  }`);
  await simulator.sent("LAST");
  const withoutType = ["a typed array", "a list", "a boxed string"];
  const reported = (await simulator.rules()).filter((rule) => rule === "too-large");
  expect(reported).toHaveLength(Object.keys(hugeMessages).length - withoutType.length);
  const { reading, handling }: { reading: number; handling: number } = await page.evaluate("times");
  test.info().annotations.push({ type: "milliseconds", description: `${reading} reading, ${handling} handling` });
  expect(handling).toBeLessThan(2 * reading);
});

test("reports messages that are too large, and receives all others", async ({ simulator, serve, page }) => {
  const app = await serve((response) =>
    response.end(
      minimalApp(`
        if (globalThis.answered) return;
        globalThis.answered = true;
        post({ ...data, type: "SYNC_ACK", version: "1.2.3".padEnd(1e6, "x") });
        post({ type: "INITIALIZED", data: { isLoggedIn: true } });
        const start = (externalCallId) => post({
          type: "OUTGOING_CALL_STARTED",
          data: { externalCallId, fromNumber: "+18005550100", toNumber: "+18005550151", createEngagement: true },
        });
        start("first");
        start("second".padEnd(6e6, "x"));
        post({ type: "ERROR", data: { message: "x".repeat(2e6) } });
        post({ type: "x".repeat(2e6) });
        post({ type: "ERROR", data: { message: "long".padEnd(90_000, "x") } });
        post({ type: "LAST" });`),
    ),
  );
  await simulator.open({ app });
  await simulator.sent("LAST");
  const findings = (await simulator.findings()).filter(({ rule }) => rule === "too-large");
  expect(findings.map(({ message }) => message.split(" ")[0])).toEqual([
    "OUTGOING_CALL_STARTED",
    "ERROR",
    expect.stringMatching(/^x+$/),
  ]);
  expect((await simulator.messages("app")).map(({ type }) => type)).toEqual([
    "INITIALIZED",
    "OUTGOING_CALL_STARTED",
    "ERROR",
    "LAST",
  ]);
  expect((await simulator.engagements()).map(({ externalCallId }) => externalCallId)).toEqual(["first"]);
  expect((await page.evaluate(() => window.hubspot.ready)).version).toHaveLength(80);
  expect((await page.locator("header").innerText()).length).toBeLessThan(500);
  const alert = await page.locator("#alertText").innerText();
  expect(alert).toMatch(/^longx+ … \(90000 characters\)$/);
  expect(alert.length).toBeLessThan(2100);
});

test("reads messages from old SDKs, with `payload` or with fields besides the type, and ignores malformed messages", () =>
  inWindow({}, ({ open, acknowledge, post, session, frames }) => {
    open();
    acknowledge();
    const before = session.messages.length;
    const iFrameUrl = "http://localhost:9026/elsewhere";
    for (const junk of [{ type: 5 }, { type: "LOGGED_OUT", messageId: "" }, {}, { type: "SYNC_ACK" }]) post(junk);
    post({ type: "INITIALIZED", payload: { isLoggedIn: true } });
    post({ type: "SET_WIDGET_URL", iFrameUrl });
    const [initialized, url] = session.messages.slice(before);
    expect(initialized).toMatchObject({ type: "INITIALIZED", data: { isLoggedIn: true } });
    expect(url).toMatchObject({ type: "SET_WIDGET_URL", data: { iFrameUrl } });
    expect(session.messages).toHaveLength(before + 2);
    expect(frames.at(-1)?.src).toBe(iFrameUrl);
  }));

test("ignores messages from other windows, from unloaded pages, and from pages of another origin in the frame", () =>
  inWindow({}, ({ open, initialize, post, session, frames }) => {
    open();
    initialize();
    const before = session.messages.length;
    post({ type: "LOGGED_OUT" }, Object.assign(new EventTarget(), { contentWindow: {}, received: [], src: "" }));
    post({ type: "LOGGED_OUT" }, frames.at(-1), "http://localhost:1");
    session.reload();
    post({ type: "LOGGED_OUT" }, frames[0]);
    expect(session.messages).toHaveLength(before);
    expect(frames).toHaveLength(2);
  }));

test("accepts a SYNC_ACK only if it answers a SYNC that was sent to the current page", () =>
  inWindow({}, ({ open, load, wait, post, sent, syncs, session, acknowledge }) => {
    open();
    load();
    wait(300);
    for (const messageId of ["hubspot_0", "hubspot_999", "toString", true, [syncs()[0]?.messageId]]) {
      post({ type: "SYNC_ACK", messageId, version: "1.2.3" });
    }
    expect(sent()).toEqual([]);
    const { messageId } = syncs()[0] ?? {};
    session.reload();
    load();
    post({ type: "SYNC_ACK", messageId, version: "1.2.3" });
    expect(sent(), "a SYNC_ACK for the previous page's SYNC is ignored").toEqual([]);
    acknowledge();
    expect(sent()).toEqual(["READY"]);
    const synced = syncs().length;
    wait(1000);
    expect(syncs(), "the page receives no further SYNC").toHaveLength(synced);
  }));

test("reports a page that does not finish loading in time, but not a closed page", () => {
  inWindow({}, ({ open, wait, listen, load, acknowledge, sent }) => {
    const noAnswer = listen("noAnswer");
    open();
    wait(29_999);
    expect(noAnswer).toHaveLength(0);
    wait(1);
    expect(noAnswer).toHaveLength(1);
    load();
    wait(60_000);
    expect(noAnswer, "only the first failure is reported").toHaveLength(1);
    acknowledge();
    expect(sent(), "a late answer is accepted").toEqual(["READY"]);
  });
  for (const isLoaded of [false, true]) {
    inWindow({}, ({ open, wait, listen, load, session }) => {
      const noAnswer = listen("noAnswer");
      open();
      if (isLoaded) load();
      session.close();
      wait(60_000);
      expect(noAnswer).toHaveLength(0);
      open();
      wait(60_000);
      expect(noAnswer, "an open page is reported").toHaveLength(1);
    });
  }
});

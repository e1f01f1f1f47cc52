import { readFile } from "node:fs/promises";
import { expect, type Host, test } from "../support/host.ts";

async function burst(host: Host, count: number): Promise<void> {
  await host.page.evaluate(`for (let n = 1; n <= ${count}; n++) send("SET_CALL_STATE", { n })`);
}

/** Runs in the page. Turns off console output, which is slow while Playwright reads it. */
const silence = () => void Object.assign(console, { debug() {}, log() {} });

test("shows the newest record, and formats its payload when the row is open", async ({ host }) => {
  await host.open();
  await burst(host, 100);
  const newest = host.records().last();
  await expect(newest).toContainText('{"n":100}');
  await expect(newest).toBeInViewport();
  await expect(newest.locator("pre")).toBeHidden();
  await newest.locator("summary").click();
  await expect(newest.locator("pre")).toHaveText('{\n  "n": 100\n}');
  for (const before of ["", "."]) {
    await host.send("SET_CALL_STATE", { words: before + "😀".repeat(100) });
    await expect(host.records().last().locator("code"), "does not split a character").toHaveText(
      /^\{"words":"\.?(😀)+$/u,
    );
  }
});

test("keeps the scroll position after the user has scrolled up, even by one row, until the user returns to the end", async ({
  host,
}) => {
  await host.open();
  await burst(host, 100);
  await expect(host.records().last()).toContainText('{"n":100}');
  const log = host.app.locator("#log");
  const top = () => log.evaluate(({ scrollTop }) => scrollTop);
  const rowHeight = await host
    .records()
    .last()
    .evaluate((row) => row.clientHeight);
  for (const rows of [1, 1000]) {
    const before = await log.evaluate((panel, pixels) => {
      const seen = new Promise((resolve) => panel.addEventListener("scroll", resolve, { once: true }));
      panel.scrollBy(0, -pixels);
      return seen.then(() => panel.scrollTop);
    }, rows * rowHeight);
    const count = await host.records("SET_CALL_STATE").count();
    await burst(host, 5);
    await expect(host.records("SET_CALL_STATE")).toHaveCount(count + 5);
    expect(await top()).toBe(before);
  }
  await log.evaluate((panel) => panel.scrollTo(0, panel.scrollHeight));
  await host.send("SOMETHING_NEW");
  await expect(host.records("ERROR")).toBeInViewport();
});

test("keeps the newest record in view when the log's size changes, unless the user has scrolled up", async ({
  host,
  page,
}) => {
  await host.open();
  await burst(host, 100);
  await expect(host.records().last()).toBeInViewport();
  const log = host.app.locator("#log");
  const width = page.viewportSize()?.width ?? 0;
  for (const height of [500, 700]) {
    await page.setViewportSize({ width, height });
    await expect(host.records().last(), `${height} px`).toBeInViewport({ ratio: 1 });
  }
  // The log shrinks before the browser has dispatched the scroll event of the previous change.
  await log.evaluate((panel) => {
    panel.scrollTo(0, panel.scrollHeight - panel.clientHeight - 1);
    panel.style.maxHeight = `${panel.clientHeight - 40}px`;
  });
  await burst(host, 1);
  await expect(host.records().last()).toContainText('{"n":1}');
  await expect(host.records().last()).toBeInViewport({ ratio: 1 });

  const before = await log.evaluate((panel) => {
    const seen = new Promise((resolve) => panel.addEventListener("scroll", resolve, { once: true }));
    panel.scrollBy(0, -200);
    return seen.then(() => panel.scrollTop);
  });
  const count = await host.records().count();
  await page.setViewportSize({ width, height: 500 });
  await burst(host, 1);
  await expect(host.records()).toHaveCount(count + 1);
  expect(await log.evaluate(({ scrollTop }) => scrollTop)).toBe(before);
});

test("filters by text and by sender", async ({ host }) => {
  await host.open();
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550123" });
  await host.app.locator("#userAvailable").click();
  await host.app.locator("#filter").fill("5550123");
  await expect(host.records()).toHaveCount(1);
  await expect(host.records("DIAL_NUMBER")).toHaveCount(1);
  await host.app.locator("#filter").fill("ONDIAL");
  await expect(host.records("DIAL_NUMBER")).toHaveCount(1);
  await host.app.locator("#filter").fill("");
  await host.app.locator("#shown").selectOption({ label: "from the app" });
  await expect(host.records()).toHaveCount(2);
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550124" });
  await host.app.locator("#userUnavailable").click();
  await expect(host.records()).toHaveCount(3);
  await host.app.locator("#shown").selectOption("");
  await expect(host.records()).toHaveCount(6);
});

test("downloads and copies the records that match the filter, in the JSON Lines format", async ({ host, page }) => {
  await host.open();
  await host.send("DIAL_NUMBER", { phoneNumber: "+1", note: "<b>" });
  await host.app.locator("#filter").fill("DIAL");
  await expect(host.records()).toHaveCount(1);
  const download = page.waitForEvent("download");
  await host.app.locator("#download").click();
  const file = await download;
  expect(file.suggestedFilename()).toBe("calling-log.jsonl");
  const text = await readFile(await file.path(), "utf8");
  expect(text.endsWith("\n")).toBe(true);
  expect(
    text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line)),
  ).toEqual([
    {
      at: expect.any(Number),
      since: expect.any(Number),
      from: "hubspot",
      type: "DIAL_NUMBER",
      sdkName: "onDialNumber",
      data: { phoneNumber: "+1", note: "<b>" },
    },
  ]);

  // Like HubSpot, the host page does not permit the clipboard API in the iframe, so the app falls back to execCommand.
  await host.app.locator("#copy").click();
  await expect(host.app.locator("#copy")).toHaveText("Copied");
  await host.app.locator("#filter").fill("");
  await host.app.locator("#filter").press("ControlOrMeta+V");
  await expect(host.app.locator("#filter")).toHaveValue(text.trim());

  // The user can still copy selected text.
  await host.app.locator("#filter").fill("END_CALL");
  await host.app.locator("#filter").press("ControlOrMeta+A");
  await host.app.locator("#filter").press("ControlOrMeta+C");
  await host.app.locator("#filter").fill("");
  await host.app.locator("#filter").press("ControlOrMeta+V");
  await expect(host.app.locator("#filter")).toHaveValue("END_CALL");
});

test("copies the records as a Mermaid diagram", async ({ host }) => {
  await host.open();
  await host.send("DIAL_NUMBER", { phoneNumber: "+1" });
  await host.app.locator("#callAnswered").click();
  await host.app.locator("#filter").fill("+1");
  await expect(host.records()).toHaveCount(1);
  await host.app.locator("#filter").fill("A");
  await expect(host.records()).toHaveCount(4);
  await host.app.locator("#copyDiagram").click();
  await expect(host.app.locator("#copyDiagram")).toHaveText("Copied");
  await host.app.locator("[name=hs_call_body]").evaluate((field) => {
    field.parentElement?.append(Object.assign(document.createElement("textarea"), { id: "pasted" }));
  });
  await host.app.locator("#more > summary").click();
  await host.app.locator("#pasted").press("ControlOrMeta+V");
  await expect(host.app.locator("#pasted")).toHaveValue(
    / {2}HubSpot->>App: DIAL_NUMBER onDialNumber\n {2}App->>HubSpot: CALL_ANSWERED callAnswered\n {2}Note over HubSpot,App: externalCallId is missing\n$/,
  );
});

test("marks failures with a color, and shows elapsed times with a unit", async ({ host, page }) => {
  await page.clock.install();
  await host.open();
  for (const [type, seconds] of [
    ["SET_CALL_STATE", 0],
    ["UPDATE_ENGAGEMENT_FAILED", 2],
    ["FAILED", 180],
  ] as const) {
    await page.clock.fastForward(seconds * 1000);
    await host.send(type);
    await expect(host.records(type)).toHaveCount(1);
  }
  const color = (type: string) =>
    host
      .records(type)
      .locator("b")
      .evaluate((cell) => getComputedStyle(cell).color);
  expect(await color("FAILED")).toBe(await color("UPDATE_ENGAGEMENT_FAILED"));
  expect(await color("FAILED")).not.toBe(await color("SET_CALL_STATE"));
  await expect(host.records("SET_CALL_STATE").locator("small")).toHaveText(/^\+\d+ ms$|^\+\d\.\d s$/);
  await expect(host.records("UPDATE_ENGAGEMENT_FAILED").locator("small")).toHaveText(/^\+[2-9]\.\d s$/);
  await expect(host.records("FAILED").locator("small")).toHaveText("+3 min");
});

test("removes all records on Clear, and then shows a repeated note again", async ({ host }) => {
  await host.open();
  const postFromItself = () => host.app.locator("body").evaluate(() => postMessage("from itself", "*"));
  await postFromItself();
  await expect(host.records("DROPPED", "note")).toHaveCount(1);
  await burst(host, 10);
  await expect(host.records("SET_CALL_STATE")).toHaveCount(10);
  await host.app.locator("#clear").click();
  await expect(host.records()).toHaveCount(0);
  await expect(host.app.locator("#kept")).toHaveText("0");
  await burst(host, 1);
  await expect(host.records()).toHaveCount(1);
  await postFromItself();
  await expect(host.records("DROPPED", "note")).toHaveCount(1);
});

test("keeps at most 64 million characters, but always keeps the newest record, and resets the count of dropped records on Clear", async ({
  host,
  page,
}) => {
  await page.addInitScript(silence);
  await host.open();
  const count = host.app.locator("#kept");
  const sendLarge = () => page.evaluate(`send("SET_CALL_STATE", "x".repeat(64_000_000))`);
  await sendLarge();
  await expect(count, "READY and INITIALIZED were dropped").toHaveText("1, 2 dropped");
  await expect(host.records(), "dropped records have no rows").toHaveCount(1);
  await burst(host, 2);
  await expect(count, "the large record was dropped").toHaveText("2, 3 dropped");
  await sendLarge();
  await expect(count).toHaveText("1, 5 dropped");
  await host.app.locator("#clear").click();
  await expect(count).toHaveText("0");
  await burst(host, 2);
  await expect(count, "the store was empty after Clear").toHaveText("2");

  const dropped = host.records("DROPPED", "note");
  const postFromUntrustedWindow = () => host.app.locator("body").evaluate(() => postMessage("from itself", "*"));
  await postFromUntrustedWindow();
  await expect(dropped).toHaveCount(1);
  await sendLarge();
  await expect(count).toHaveText("1, 3 dropped");
  await postFromUntrustedWindow();
  await expect(dropped, "does not increment the count of a dropped record").toHaveCount(1);
});

test("keeps the last 10,000 records after a burst of 50,000 messages, shows 500 rows and the counts, and filters the kept records", async ({
  host,
  page,
}) => {
  await page.addInitScript(silence);
  await host.open();
  await burst(host, 50_000);
  await host.app.locator("#userAvailable").click();
  await expect(host.records("USER_AVAILABLE")).toHaveCount(1);
  await expect(host.records()).toHaveCount(500);
  // The log received READY, INITIALIZED, the burst and the button's message, and dropped all but 10,000 of them.
  await expect(host.app.locator("#kept")).toHaveText("500 of 10000, 40003 dropped");
  await host.app.locator("#filter").fill('"n":45000}');
  await expect(host.records()).toHaveCount(1);
  await host.app.locator("#filter").fill('"n":40003}');
  await expect(host.records()).toHaveCount(1);
  await host.app.locator("#filter").fill('"n":40001}');
  await expect(host.records()).toHaveCount(0);
});

test("changes the list of rows fewer than 300 times for a burst of 1,000 messages", async ({ host }) => {
  await host.open();
  const panel = host.app.locator("#log");
  await panel.evaluate((log) => {
    const renderings = new MutationObserver(() => {
      log.ariaDescription = `${Number(log.ariaDescription) + 1}`;
    });
    renderings.observe(log, { childList: true });
  });
  await burst(host, 1000);
  await expect(host.records().last()).toContainText('{"n":1000}');
  expect(await panel.evaluate((log) => Number(log.ariaDescription))).toBeLessThan(300);
});

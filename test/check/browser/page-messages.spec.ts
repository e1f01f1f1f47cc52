import { expect, test } from "@playwright/test";
import { waitForSilence } from "../../../src/check/browser/page-messages.ts";

test("returns the newest messages of an app that keeps sending, even if the simulator's message list is full", async ({
  page,
}) => {
  await page.evaluate(() => {
    const send = (at: number) => ({ at, from: "app", type: "RESIZE_WIDGET" });
    const newest = Array.from({ length: 10 }, (_, at) => send(at));
    Object.assign(window, { hubspot: { messages: () => [...newest] } });
    setInterval(() => {
      newest.shift();
      newest.push(send(Date.now()));
    }, 5);
  });
  expect(await waitForSilence(page, 300, 2000)).toHaveLength(10);
});

test("returns undefined if the app is quiet", async ({ page }) => {
  await page.evaluate(() => {
    const messages = [{ at: 0, from: "app", type: "INITIALIZED" }];
    Object.assign(window, { hubspot: { messages: () => messages } });
  });
  expect(await waitForSilence(page, 100, 60_000)).toBeUndefined();
});

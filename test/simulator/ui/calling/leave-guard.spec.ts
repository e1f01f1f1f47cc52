// The browser's confirmation dialog when the user leaves or reloads the page. Browsers show it only after the user has
// interacted with the page.
import type { Dialog, Page } from "@playwright/test";
import { expect, test } from "../../../support/simulator.ts";

/** Accepts the dialogs, and returns a list of their types. */
function answerQuestions(page: Page): string[] {
  const types: string[] = [];
  page.on("dialog", (dialog: Dialog) => {
    types.push(dialog.type());
    void dialog.accept();
  });
  return types;
}

test("asks for confirmation when the user reloads or leaves the page, but only during a call, and not when the page reloads after a build", async ({
  simulator,
  page,
}) => {
  const questions = answerQuestions(page);
  await simulator.ready();
  await page.locator("h1").click();
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  expect(questions, "before the call").toEqual([]);

  await simulator.startCall();
  await page.locator("h1").click();
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  expect(questions, "reload").toEqual(["beforeunload"]);
  await page.locator("h1").click();
  await page.evaluate(() => window.dispatchEvent(new Event("rebuilt")));
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  expect(questions, "after a build").toHaveLength(1);
  await page.locator("h1").click();
  await page.goto("about:blank");
  expect(questions, "another page").toEqual(["beforeunload", "beforeunload"]);

  await simulator.ready();
  await simulator.press("callEnded", "CALL_ENDED");
  await page.locator("h1").click();
  await page.reload();
  expect(questions, "after the call").toHaveLength(2);
});

test("asks for confirmation when the calling window is closed during its call, but not when the tab that opened it reloads", async ({
  simulator,
  page,
}) => {
  const inWindow = await simulator.dialInWindow();
  await inWindow.press("outgoingCall", "OUTGOING_CALL_STARTED");
  const questions = { tab: answerQuestions(page), window: answerQuestions(inWindow.page) };
  await expect(page.locator("#engagements li")).toHaveCount(1);
  await page.reload();
  await inWindow.page.locator("#name").click();
  await inWindow.page.close({ runBeforeUnload: true });
  await expect.poll(() => questions).toEqual({ tab: [], window: ["beforeunload"] });
});

import type { Page } from "@playwright/test";
import { expect, test } from "../../../support/simulator.ts";

/** Replaces the page's clipboard. Resolves with the next text that the page copies. */
const nextCopied = (page: Page) =>
  page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const writeText = async (text: string) => resolve(text);
        Object.defineProperty(navigator, "clipboard", { value: { writeText } });
      }),
  );

test("copies the session as a test of the loaded app", async ({ simulator, page }) => {
  await simulator.ready();
  const button = page.getByRole("button", { name: "Copy as test" });
  const copied = nextCopied(page);
  await simulator.dial({ recordId: 52 });
  await simulator.app.locator("#outgoingCall").click();
  await simulator.sent("OUTGOING_CALL_STARTED");
  await button.click();
  expect(await copied).toContain('  await hubspot.dial({ recordId: 52 });\n  await press("outgoingCall");\n');
  expect(await copied).not.toContain("TODO");
});

test("says how to start a new session if the messages do not contain READY", async ({ simulator, page }) => {
  await simulator.ready();
  const button = page.getByRole("button", { name: "Copy as test" });
  await page.evaluate(() => window.hubspot.clear("messages"));
  await button.click({ timeout: 5000 });
  await expect(page.getByRole("alert")).toContainText("Press Reload, repeat your actions in the app, then copy again.");
  await expect(button).toHaveText("Copy as test");
  await page.getByRole("button", { name: "Reload", exact: true }).click();
  await expect(page.getByRole("alert")).toBeHidden();
  const copied = nextCopied(page);
  await button.click();
  expect(await copied).toContain('test("repeats a session"');
});

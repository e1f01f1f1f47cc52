// A remote app in the simulator's URL loads only after the user has approved it.
import type { Page } from "@playwright/test";
import { expect, initialize, minimalApp, test } from "../../../support/simulator.ts";

const remoteApp = "https://app.example/";
const rememberedApp = (page: Page) => page.evaluate(() => localStorage.getItem("chosen provider") ?? "");

test.beforeEach(async ({ page }) => {
  const app = minimalApp(`${initialize}
    post({ type: "ERROR", data: { message: "The app speaks" } });
    post({ type: "OUTGOING_CALL_STARTED", data: { externalCallId: "a", toNumber: "+18005550151", createEngagement: true } });`);
  await page.route(`${remoteApp}**`, (route) => route.fulfill({ contentType: "text/html", body: app }));
});

test("does not load or remember a remote app, or store its calls, before the user has approved it", async ({
  simulator,
  page,
}) => {
  let puts = 0;
  await page.route("**/simulator/calls/*", (route) => {
    puts += 1;
    return route.fulfill({ json: {} });
  });
  await simulator.open({ app: remoteApp });
  const dialog = page.getByRole("dialog");
  await expect(dialog).toContainText("Load the remote app at https://app.example?");
  await expect(page.locator("#cardWords")).toContainText(
    "You have not approved the remote app at https://app.example.",
  );
  await expect(dialog.getByRole("button", { name: "Cancel" }), "Enter cancels").toBeFocused();
  expect(await rememberedApp(page)).not.toContain("app.example");
  // A changed setting does not load the app.
  await page.locator("#session [name=portalId]").evaluate((field) => {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.locator("#frame iframe")).toHaveCount(0);
  expect(await simulator.messages("app")).toEqual([]);
  expect(await rememberedApp(page)).not.toContain("app.example");
  await expect(page.locator("#alertText")).not.toContainText("The app speaks");
  expect(puts).toBe(0);

  await expect(page.locator("#cardTitle")).toHaveText("Not loaded");
  await page.getByRole("button", { name: "Retry" }).click();
  await dialog.getByRole("button", { name: "Load", exact: true }).click();
  await simulator.sent("OUTGOING_CALL_STARTED");
  await expect(page.getByRole("alert")).toContainText("The app speaks");
  expect(await rememberedApp(page)).toContain("app.example");
  await expect.poll(() => puts).toBeGreaterThan(0);

  await page.reload();
  await simulator.sent("INITIALIZED");
  await expect(dialog, "the approval is remembered").toBeHidden();
});

test("does not load a remote app if the user approves it after selecting another app", async ({ simulator, page }) => {
  await simulator.open({ app: remoteApp });
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.locator("#provider").evaluate((select) => {
    if (select instanceof HTMLSelectElement) select.selectedIndex = 1;
    select.dispatchEvent(new Event("change"));
  });
  await page.getByRole("button", { name: "Load", exact: true }).click();
  await expect(page.locator("#name")).toHaveText("Calling app");
  await expect(simulator.app.locator("#status")).toHaveAttribute("data-state", "ready");
  expect(await rememberedApp(page)).not.toContain("app.example");

  // The simulator unloads the previous app when it asks for confirmation. Cancel does not reload that app.
  await page.locator("#provider").selectOption({ index: 0 });
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator("#session [name=portalId]").evaluate((field) => {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await expect(page.locator("#frame iframe")).toHaveCount(0);
});

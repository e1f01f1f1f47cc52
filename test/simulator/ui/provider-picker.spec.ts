// An app that a link brings to the simulator: one of another machine is framed when a person has confirmed it.
import type { Page } from "@playwright/test";
import { expect, initialize, minimalApp, test } from "../../support/simulator.ts";

const strange = "https://app.example/";
const noted = (page: Page) => page.evaluate(() => localStorage.getItem("chosen provider") ?? "");

test.beforeEach(async ({ page }) => {
  const app = minimalApp(`${initialize}
    post({ type: "ERROR", data: { message: "The app speaks" } });
    post({ type: "OUTGOING_CALL_STARTED", data: { externalCallId: "a", toNumber: "+18005550151", createEngagement: true } });`);
  await page.route(`${strange}**`, (route) => route.fulfill({ contentType: "text/html", body: app }));
});

test("an app of another machine is not framed, noted or kept before somebody has confirmed it", async ({
  simulator,
  page,
}) => {
  let puts = 0;
  await page.route("**/simulator/calls/*", (route) => {
    puts += 1;
    return route.fulfill({ json: {} });
  });
  await simulator.open({ app: strange });
  const asking = page.getByRole("dialog");
  await expect(asking).toContainText("Frame https://app.example? The app is not of this machine");
  await expect(page.locator("#cardWords")).toContainText("https://app.example is not of this machine");
  await expect(asking.getByRole("button", { name: "Cancel" }), "Enter is no").toBeFocused();
  expect(await noted(page)).not.toContain("app.example");
  // What is set meanwhile does not bring it in.
  await page.locator("#session [name=portalId]").evaluate((field) => {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await page.keyboard.press("Escape");
  await expect(asking).toBeHidden();
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.locator("#frame iframe")).toHaveCount(0);
  expect(await simulator.messages("app")).toEqual([]);
  expect(await noted(page)).not.toContain("app.example");
  await expect(page.locator("#alertText")).not.toContainText("The app speaks");
  expect(puts).toBe(0);

  await expect(page.locator("#cardTitle")).toHaveText("Not framed");
  await page.getByRole("button", { name: "Retry" }).click();
  await asking.getByRole("button", { name: "Frame it" }).click();
  await simulator.sent("OUTGOING_CALL_STARTED");
  await expect(page.getByRole("alert")).toContainText("The app speaks");
  expect(await noted(page)).toContain("app.example");
  await expect.poll(() => puts).toBeGreaterThan(0);

  await page.reload();
  await simulator.sent("INITIALIZED");
  await expect(asking, "it is asked once").toBeHidden();
});

test("another choice answers the question with no", async ({ simulator, page }) => {
  await simulator.open({ app: strange });
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.locator("#provider").evaluate((select) => {
    if (select instanceof HTMLSelectElement) select.selectedIndex = 1;
    select.dispatchEvent(new Event("change"));
  });
  await page.getByRole("button", { name: "Frame it" }).click();
  await expect(page.locator("#name")).toHaveText("Calling app");
  await expect(simulator.app.locator("#status")).toHaveAttribute("data-state", "ready");
  expect(await noted(page)).not.toContain("app.example");

  // Nor does the app that was there stay, or come back, while it is asked for another.
  await page.locator("#provider").selectOption({ index: 0 });
  await expect(page.getByRole("dialog")).toBeVisible();
  await page.getByRole("button", { name: "Cancel" }).click();
  await page.locator("#session [name=portalId]").evaluate((field) => {
    field.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await expect(page.locator("#frame iframe")).toHaveCount(0);
});

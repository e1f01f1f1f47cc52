import { expect, test } from "../../../support/simulator.ts";

test("selects a tab with the arrow keys, Home and End, has one tab stop, and selects the same tab after a reload", async ({
  simulator,
  page,
}) => {
  await simulator.open();
  const tab = (name: string) => page.getByRole("tab", { name });
  const selected = page.locator("[role=tab][aria-selected=true]");
  await tab("Messages").focus();
  for (const [key, name] of [
    ["ArrowRight", "Findings"],
    ["End", "Replay"],
    ["ArrowRight", "Messages"],
    ["ArrowLeft", "Replay"],
    ["Home", "Messages"],
    ["ArrowLeft", "Replay"],
    ["ArrowLeft", "Help desk"],
  ] satisfies [string, string][]) {
    await page.keyboard.press(key);
    await expect(tab(name), key).toBeFocused();
    await expect(selected, key).toContainText(name);
    await expect(page.getByRole("tabpanel", { name }), key).toBeVisible();
  }
  await expect(page.getByRole("tabpanel")).toHaveCount(1);
  await expect(page.locator("[role=tab][tabindex='0']")).toHaveText(["Help desk"]);
  await page.reload();
  await expect(page.getByRole("tabpanel", { name: "Help desk" })).toBeVisible();
  await page.evaluate(() => sessionStorage.setItem("tab", "unknown"));
  await page.reload();
  await expect(page.getByRole("tabpanel", { name: "Messages" }), "an unknown tab is ignored").toBeVisible();
});

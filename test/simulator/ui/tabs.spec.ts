// The tabs of the work: by mouse, by keys, and over a reload.
import { expect, test } from "../../support/simulator.ts";

test("arrow keys, Home and End choose a tab, one of which is in the order of Tab, and a reload keeps it", async ({
  simulator,
  page,
}) => {
  await simulator.open();
  const tab = (name: string) => page.getByRole("tab", { name });
  const chosen = page.locator("[role=tab][aria-selected=true]");
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
    await expect(chosen, key).toContainText(name);
    await expect(page.getByRole("tabpanel", { name }), key).toBeVisible();
  }
  await expect(page.getByRole("tabpanel")).toHaveCount(1);
  await expect(page.locator("[role=tab][tabindex='0']")).toHaveText(["Help desk"]);
  await page.reload();
  await expect(page.getByRole("tabpanel", { name: "Help desk" })).toBeVisible();
  await page.evaluate(() => sessionStorage.setItem("tab", "none of the page's"));
  await page.reload();
  await expect(page.getByRole("tabpanel", { name: "Messages" }), "what is kept is not trusted").toBeVisible();
});

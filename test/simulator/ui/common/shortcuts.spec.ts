import { expect, test } from "../../../support/simulator.ts";

const tabs = ["Messages", "Findings", "Timeline", "Session", "Replies", "Send an event", "Help desk", "Replay"];

test("selects each tab with its number key, lists all shortcuts when the user presses ?, lets the user turn shortcuts off and on, and keeps them off after a reload", async ({
  simulator,
  page,
}) => {
  await simulator.open();
  await page.locator("h1").click();
  for (const [index, name] of tabs.entries()) {
    await page.keyboard.press(`${index + 1}`);
    await expect(page.getByRole("tab", { name }), name).toBeFocused();
    await expect(page.getByRole("tabpanel", { name }), name).toBeVisible();
  }
  await page.keyboard.press("?");
  const dialog = page.getByRole("dialog", { name: "Keyboard shortcuts" });
  await expect(dialog.getByRole("button", { name: "Close" })).toBeFocused();
  await expect(dialog.locator("kbd")).toHaveText([...tabs.map((_, index) => `${index + 1}`), "/", "c", "r", "a", "?"]);
  await page.keyboard.press("1");
  await page.keyboard.press("Escape");
  await expect(dialog).toBeHidden();
  await expect(
    page.getByRole("tabpanel", { name: "Replay" }),
    "shortcuts are inactive while the list is open",
  ).toBeVisible();
  await page.keyboard.press("/");
  await expect(page.locator("#filter")).toBeFocused();
  await page.keyboard.type("2a?");
  await expect(page.locator("#filter"), "a focused field receives the keys").toHaveValue("2a?");
  await page.locator("h1").click();
  await page.keyboard.press("Control+2");
  await expect(page.getByRole("tabpanel", { name: "Messages" }), "Control+2 is the browser's shortcut").toBeVisible();
  await page.keyboard.press("a");
  await expect(page.locator("#appUrl")).toBeFocused();

  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await page.getByRole("checkbox", { name: "Use shortcuts" }).uncheck();
  await page.getByRole("dialog").getByRole("button", { name: "Close" }).click();
  for (const load of [async () => {}, () => page.reload()]) {
    await load();
    await page.locator("h1").click();
    await page.keyboard.press("2");
    await expect(page.getByRole("tabpanel", { name: "Messages" })).toBeVisible();
  }
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  await page.getByRole("checkbox", { name: "Use shortcuts" }).check();
  await page.keyboard.press("Escape");
  await page.keyboard.press("2");
  await expect(page.getByRole("tabpanel", { name: "Findings" })).toBeVisible();
});

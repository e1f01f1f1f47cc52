import type { Page } from "@playwright/test";
import { expect, nextFrames, test } from "../../../support/simulator.ts";

const list = (page: Page) => page.getByRole("listbox", { name: "Messages" });
const pane = (page: Page) => page.getByRole("region", { name: "Message" });
const selected = (page: Page) => list(page).getByRole("option", { selected: true });
const box = async (page: Page, selector: string) => {
  const bounds = await page.locator(selector).boundingBox();
  return bounds ?? { x: Number.NaN, y: Number.NaN, width: Number.NaN, height: Number.NaN };
};

test("selects a message with a click or the keyboard, and closes it with Escape or the Close button", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.send("DIAL_NUMBER", { phoneNumber: "+18005550151" });
  await page.locator("#log [data-type=INITIALIZED]").click();
  await expect(pane(page)).toContainText("INITIALIZED initialized");
  await expect(selected(page)).toHaveAttribute("data-type", "INITIALIZED");
  for (const [key, type] of [
    ["ArrowDown", "DIAL_NUMBER"],
    ["ArrowDown", "DIAL_NUMBER"],
    ["Home", "READY"],
    ["End", "DIAL_NUMBER"],
    ["ArrowUp", "INITIALIZED"],
  ] as const) {
    await list(page).press(key);
    await expect(selected(page), key).toHaveAttribute("data-type", type);
    await expect(pane(page).getByRole("heading").first(), key).toContainText(type);
    const active = await list(page).getAttribute("aria-activedescendant");
    await expect(selected(page), "screen readers announce the selected row").toHaveAttribute("id", `${active}`);
  }
  await list(page).press("Escape");
  await expect(pane(page)).toBeHidden();
  await expect(selected(page)).toHaveCount(0);
  await list(page).press("ArrowUp");
  await expect(selected(page), "starts with the newest message").toHaveAttribute("data-type", "DIAL_NUMBER");
  await list(page).press("Tab");
  const closeButton = pane(page).getByRole("button", { name: "Close" });
  await expect(closeButton).toBeFocused();
  await closeButton.press("Enter");
  await expect(pane(page)).toBeHidden();
  await expect(list(page)).toBeFocused();
});

test("closes the message with Escape even while the focus is outside the Messages tab, but not while the focus is in a field, a dialog is open or another tab is shown", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await page.locator("#log [data-type=READY]").click();
  await page.locator("#filter").press("Escape");
  await expect(pane(page)).toBeVisible();
  await simulator.tab("Findings");
  await page.keyboard.press("Escape");
  await simulator.tab("Messages");
  await expect(pane(page), "the tab was hidden").toBeVisible();
  await page.keyboard.press("?");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(pane(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(pane(page)).toBeHidden();
  await expect(page.getByRole("tab", { name: "Messages" }), "the focus does not move").toBeFocused();
});

test("leaves space above a message name of several lines", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.send("A_LONG_NAME_".repeat(12));
  await page.locator("#log [data-type^=A_LONG_NAME]").click();
  const title = pane(page).getByRole("heading").first();
  await expect(title).toContainText("A_LONG_NAME_");
  const text = await title.evaluate((heading) => {
    const range = document.createRange();
    range.selectNodeContents(heading);
    const { top, height } = range.getBoundingClientRect();
    return { top, height };
  });
  expect(text.height).toBeGreaterThan(30);
  expect(text.top - (await box(page, "#opened")).y).toBeGreaterThanOrEqual(8);
});

test("keeps the selection when messages arrive and in the diagram, until the filter hides the message or the user presses Clear", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await page.evaluate(() => Object.assign(console, { log() {}, debug() {} }));
  await page.locator("#log [data-type=INITIALIZED]").click();
  await page.evaluate(() => {
    for (let n = 0; n < 700; n++) window.hubspot.send("SET_CALL_STATE", { n });
  });
  await expect(page.locator("#log > *").last()).toContainText('{"n":699}');
  await expect(pane(page), "keeps the details open even if the list no longer renders the row").toContainText(
    "INITIALIZED initialized",
  );
  await expect(list(page)).not.toHaveAttribute("aria-activedescendant");
  await list(page).evaluate((log) => log.scrollTo(0, log.scrollHeight / 2));
  await expect(page.locator("#log > *").nth(250), "rows that come into view have text").toContainText("SET_CALL_STATE");
  await list(page).press("ArrowDown");
  await expect(selected(page), "renders older rows again").toContainText('{"n":0}');
  await expect(selected(page)).toBeInViewport();
  await list(page).press("ArrowUp");
  await expect(selected(page)).toHaveAttribute("data-type", "INITIALIZED");

  await page.locator("#filter").fill('"n":5');
  await expect(page.locator("#log [data-type=INITIALIZED]")).toHaveCount(0);
  await expect(pane(page)).toBeHidden();
  await page.locator("#filter").fill("initialized");
  await expect(page.locator("#log [data-type=INITIALIZED]")).toHaveCount(1);
  await expect(selected(page)).toHaveCount(0);
  await page.locator("#log [data-type=INITIALIZED]").click();
  await page.getByRole("radio", { name: "Diagram" }).check();
  await expect(pane(page)).toContainText("INITIALIZED initialized");
  await expect(page.locator("#diagram [aria-expanded=true]")).toHaveAttribute("data-type", "INITIALIZED");
  await page.locator("#clear").click();
  await expect(pane(page)).toBeHidden();
});

test("keeps the newest message in view when the call bar appears and disappears, and after the user has opened another tab and come back", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  for (let n = 0; n < 60; n++) await simulator.send("SET_CALL_STATE", { n });
  const last = list(page).getByRole("option").last();
  await expect(last).toContainText('{"n":59}');
  await expect(last).toBeInViewport({ ratio: 1 });
  const bar = page.getByRole("list", { name: "Calls in progress" }).getByRole("listitem");
  await simulator.startCall();
  await expect(bar).toHaveCount(1);
  await expect(last).toBeInViewport({ ratio: 1 });
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await expect(last).toHaveAttribute("data-type", "CALL_ANSWERED");
  await expect(last).toBeInViewport({ ratio: 1 });
  await simulator.tab("Findings");
  await simulator.press("callEnded", "CALL_ENDED");
  await expect(bar).toHaveCount(0);
  await simulator.tab("Messages");
  await expect(last).toHaveAttribute("data-type", "CALL_ENDED");
  await expect(last).toBeInViewport({ ratio: 1 });
});

test("shows only the findings about the selected message", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.send("END_CALL");
  await simulator.sent("CALL_ENDED");
  await page.locator("#log [data-type=END_CALL]").click();
  await expect(pane(page).locator(".finding")).toHaveCount(0);
  await page.locator("#log [data-type=CALL_ENDED]").click();
  await expect(pane(page).locator(".finding")).not.toHaveCount(0);
});

for (const [width, isBeside] of [
  [400, false],
  [800, true],
  [1100, false],
  [1280, true],
  [1920, true],
] as const) {
  test(`shows the selected message ${isBeside ? "beside" : "below"} the list at ${width} px`, async ({
    simulator,
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await simulator.ready();
    expect((await box(page, "#filter")).width, "the filter").toBeGreaterThanOrEqual(160);
    for (let n = 0; n < 60; n++) await simulator.send("SET_CALL_STATE", { n });
    await page.locator("#log > *", { hasText: '{"n":50}' }).click();
    await page.evaluate(nextFrames);
    await expect(selected(page), "the row stays in view").toBeInViewport({ ratio: 0.9 });
    await list(page).press("Escape");
    await page.evaluate(nextFrames);
    await simulator.send("END_CALL");
    await expect(page.locator("#log [data-type=END_CALL]"), "follows new messages").toBeInViewport({ ratio: 0.9 });
    await page.locator("#log [data-type=READY]").click();
    const [rows, message, work] = [await box(page, "#log"), await box(page, "#opened"), await box(page, "#work")];
    if (isBeside) expect([message.y, message.x]).toEqual([rows.y, rows.x + rows.width]);
    else expect([message.x, message.y]).toEqual([rows.x, rows.y + rows.height]);
    expect(message.x + message.width, "reaches the right edge of #work").toBe(work.x + work.width);
    expect(message.y + message.height, "reaches the bottom of #work").toBe(work.y + work.height);
    const cutOff = () =>
      [...document.querySelectorAll("#opened *")].filter(
        (node) => node.scrollWidth > node.clientWidth + 1 && node.clientWidth > 0,
      ).length;
    expect(await page.evaluate(cutOff)).toBe(0);
  });
}

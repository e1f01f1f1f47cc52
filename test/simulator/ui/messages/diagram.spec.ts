// The sequence diagram on the page and in the saved file.
import { readFile } from "node:fs/promises";
import { expect, test } from "../../../support/simulator.ts";

test("draws each message as an arrow from sender to receiver with its finding, opens a message with the keyboard, and cuts off no text in a narrow window", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.press("callEnded", "CALL_ENDED");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await expect(page.locator("#diagram .lanes text")).toHaveText(["HubSpot", "the app"]);
  const lanes = await page
    .locator("#diagram .lanes text")
    .evaluateAll((all) => all.map((head) => Number(head.getAttribute("x"))));
  const ends = (type: string) =>
    page
      .locator(`#diagram [data-type=${type}] .tip`)
      .evaluate((tip) => Number(/M([\d.]+)/.exec(tip.getAttribute("d") ?? "")?.[1]));
  expect([await ends("CALL_ENDED"), await ends("READY")]).toEqual(lanes);
  await expect(page.locator("#diagram [data-type=CALL_ENDED] .error")).toContainText("error: ");
  await expect(page.locator("#diagram [data-type=READY] :is(.error, .warning)")).toHaveCount(0);

  const arrow = page.locator("#diagram [data-type=CALL_ENDED]");
  await arrow.press("Enter");
  const opened = page.getByRole("region", { name: "Message" });
  await expect(opened.getByRole("row", { name: "engagementId" })).toBeVisible();
  await expect(arrow, "the open message stays visible").toBeInViewport();
  await expect(page.locator("#diagram [aria-expanded=true]")).toHaveAttribute("data-type", "CALL_ENDED");
  await page.keyboard.press("Enter");
  await expect(opened).toBeHidden();
  await expect(page.locator("#diagram [aria-expanded=true]")).toHaveCount(0);
  await expect(arrow).toBeFocused();
  await expect(arrow.locator(".hit"), "the focus is visible").not.toHaveCSS("stroke", "none");
  await page.keyboard.press(" ");
  await expect(opened, "the space bar works too, as on a button").toBeVisible();

  await simulator.send("UPDATE_ENGAGEMENT_SUCCEEDED");
  const long = page.locator("#diagram [data-type=UPDATE_ENGAGEMENT_SUCCEEDED]");
  await page.setViewportSize({ width: 1280, height: 800 });
  await expect(long.locator(".type"), "the end of a long name is left out").toHaveText(/onUpdate\w+…$/);
  const isBetweenLanes = () =>
    long.evaluate((row) => {
      const [name, line] = [".type", ".arrow"].map((part) => row.querySelector(part)?.getBoundingClientRect());
      return !!name && !!line && name.left > line.left && name.right < line.right;
    });
  await expect.poll(isBetweenLanes, "the name is between the lanes").toBe(true);
  const cutOff = () =>
    page.locator("#diagram").evaluate((diagram) => {
      const [left, right] = [diagram.clientLeft, diagram.clientLeft + diagram.clientWidth];
      const texts = [...diagram.querySelectorAll("text")].filter((text) => {
        const box = text.getBoundingClientRect();
        return box.left < left || box.right > right;
      });
      return [diagram.scrollWidth - diagram.clientWidth, ...texts.map((text) => text.textContent)];
    });
  // 304 is 320 minus the width of a scrollbar.
  for (const width of [320, 304]) {
    await page.setViewportSize({ width, height: 600 });
    await expect.poll(cutOff, `nothing is cut off at ${width}`).toEqual([0]);
    await expect(long).toContainText("UPDATE_ENGAGEMENT_SUCCEEDED");
  }
  await page.setViewportSize({ width: 290, height: 600 });
  await expect.poll(cutOff, "with two scrollbars").toEqual([0]);
  const beside = await page.locator("#diagram .row:has(.error)").evaluateAll((rows) =>
    rows.map((row) => {
      const edge = (part: string) => row.querySelector(part)?.getBoundingClientRect();
      return (edge(".note")?.right ?? Number.NaN) <= (edge(".error")?.left ?? Number.NaN);
    }),
  );
  expect(beside, "the finding does not overlap the elapsed time").toEqual([true]);
});

test("saves the whole diagram as a self-contained image", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.send("<b>", { a: 1 });
  await page.evaluate(() => {
    for (let n = 0; n < 60; n++) window.hubspot.send("SET_CALL_STATE", { n });
  });
  await page.getByRole("radio", { name: "Diagram" }).check();
  const download = page.waitForEvent("download");
  await page.getByRole("button", { name: "Save SVG" }).click();
  const file = await download;
  expect(file.suggestedFilename()).toMatch(/^calling-sequence-.*\.svg$/);
  const text = await readFile(await file.path(), "utf8");
  // Parses the file on an empty page, because the simulator's CSP forbids parsing text as markup.
  await page.goto("about:blank");
  const parsed = await page.evaluate((xml) => {
    const picture = new DOMParser().parseFromString(xml, "image/svg+xml");
    return {
      root: picture.documentElement.nodeName,
      events: picture.querySelectorAll("[data-type=SET_CALL_STATE]").length,
      names: [...picture.querySelectorAll(".head")].map(({ textContent }) => textContent),
      strange: picture.querySelectorAll("b, script, image, foreignObject").length,
      hasStyle: (picture.querySelector("style")?.textContent ?? "").includes(".arrow"),
    };
  }, text);
  expect(parsed).toEqual({ root: "svg", events: 60, names: ["HubSpot", "the app"], strange: 0, hasStyle: true });
  expect(text).not.toMatch(/href=|url\(|http:(?!\/\/www\.w3\.org)/);
});

test("renders only a few rows for 10,000 messages, at both ends of the diagram", async ({ simulator, page }) => {
  await simulator.ready();
  await page.getByRole("radio", { name: "Diagram" }).check();
  await page.evaluate(() => {
    Object.assign(console, { log() {}, debug() {} });
    for (let n = 1; n <= 10_000; n++) window.hubspot.send("SET_CALL_STATE", { n });
  });
  const panel = page.locator("#diagram");
  const rows = panel.locator(".row");
  await expect(rows.last(), "shows the newest message, as the list does").toHaveAttribute("data-index", "9999");
  expect(await rows.count()).toBeLessThan(60);
  await panel.evaluate((diagram) => diagram.scrollTo(0, 0));
  await expect(rows.first()).toHaveAttribute("data-index", "0");
  expect(await rows.count()).toBeLessThan(60);
  const height = await panel.evaluate((diagram) => diagram.scrollHeight);
  expect(height, "all rows can be scrolled into view").toBeGreaterThan(9999 * 20);
  await simulator.send("END_CALL");
  await expect(page.locator("#messagesTab .count")).not.toBeEmpty();
  await expect(rows.first(), "keeps the scroll position of a user who has scrolled up").toHaveAttribute(
    "data-index",
    "0",
  );
});

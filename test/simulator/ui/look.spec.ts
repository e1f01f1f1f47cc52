// The layout and accessibility of the simulator's page, at several widths and in both color schemes.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "@playwright/test";
import { callHues } from "../../../src/simulator/ui/common/call-color.ts";
import { expect, type Simulator, simulatorUrl, test } from "../../support/simulator.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const tabs = ["Messages", "Findings", "Timeline", "Session", "Replies", "Send an event", "Help desk", "Replay"];
/** A width of 640 pixels corresponds to 1280 pixels at 200% zoom. */
const widths = [320, 400, 640, 800, 1280, 1920];

/** Sends messages that add content to the tabs. */
async function fill(simulator: Simulator): Promise<void> {
  await simulator.ready();
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("sendError", "ERROR");
}

/** The rules that depend on colors. */
const colorRules = ["color-contrast", "link-in-text-block"];

/**
 * Returns the violations that axe reports for an element: of all rules in the light scheme, and of the rules for colors in the
 * dark scheme. A separate spec tests the app, so axe skips the app's frame. The page loads no external stylesheets or media, so
 * axe does not preload any.
 */
async function violations(page: Page, part = "body"): Promise<string[]> {
  const context = { include: [part], exclude: ["#frame"] };
  const always = { resultTypes: ["violations"], iframes: false, preload: false };
  const found: string[] = [];
  for (const [colorScheme, rules] of [
    ["light", {}],
    ["dark", { runOnly: colorRules }],
  ] as const) {
    await page.emulateMedia({ colorScheme });
    const inScheme: string[] = await page.evaluate(`axe
      .run(${JSON.stringify(context)}, ${JSON.stringify({ ...always, ...rules })})
      .then(({ violations }) => violations.map(({ id, nodes }) => id + ": " + nodes.map(({ html }) => html).join(" ")))`);
    found.push(...inScheme.map((text) => `${colorScheme}: ${text}`));
  }
  return found;
}

/** Runs in the page. Returns each tab's overflow in pixels, and the visible controls that are smaller than 24 x 24 pixels. */
const layoutProblems = () =>
  [...document.querySelectorAll<HTMLElement>("[role=tab]")].map((tab) => {
    tab.click();
    const pane = document.getElementById(tab.getAttribute("aria-controls") ?? "");
    const containers = [document.documentElement, ...(pane ? [pane] : [])];
    const overflow = Math.max(...containers.map(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth));
    const controls = "button, select, summary, input:not([type=radio], [type=checkbox])";
    const small = [...document.querySelectorAll<HTMLElement>(controls)]
      .filter((control) => control.checkVisibility())
      .map((control) => ({ name: control.id || control.textContent, box: control.getBoundingClientRect() }))
      .filter(({ box }) => box.height < 24 || box.width < 24)
      .map(({ name, box }) => `${name}: ${box.width} x ${box.height}`);
    return { tab: tab.id, overflow, small };
  });

/** Runs in the page. Returns which severities and rules in the message list are completely visible, and which are cut off. */
const findingsInList = () => {
  const found: Record<"complete" | "cutOff", string[]> = { complete: [], cutOff: [] };
  for (const part of document.querySelectorAll("#log :is(mark, strong)")) {
    const [box, cell] = [part, part.closest("samp")].map((node) => node?.getBoundingClientRect());
    if (!box || !cell || box.top >= cell.bottom) continue;
    found[box.right <= cell.right + 0.5 ? "complete" : "cutOff"].push(part.textContent ?? "");
  }
  return found;
};

/** Runs in the page. Returns the lowest contrast of the calls' colors with the backgrounds of the list and of selected rows. */
const lowestContrast = (hues: readonly number[]) => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  if (!canvas) throw new Error("the browser has no canvas");
  const luminance = (color: string) => {
    canvas.fillStyle = color;
    canvas.fillRect(0, 0, 1, 1);
    const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data]
      .map((byte) => byte / 255)
      .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const mark = document.createElement("span");
  mark.className = "callColor";
  document.querySelector("#log")?.append(mark);
  const backgrounds = ["var(--card)", "var(--ground)", "color-mix(in srgb, var(--accent) 12%, var(--card))"];
  const contrasts = hues.flatMap((hue) =>
    backgrounds.map((background) => {
      mark.style.setProperty("--hue", `${hue}`);
      mark.style.backgroundColor = background;
      const { borderInlineStartColor, backgroundColor } = getComputedStyle(mark);
      const [low = 0, high = 0] = [borderInlineStartColor, backgroundColor].map(luminance).sort((a, b) => a - b);
      return (high + 0.05) / (low + 0.05);
    }),
  );
  mark.remove();
  return Math.min(...contrasts);
};

test("has no overflow, no controls smaller than 24 pixels and no severities that are cut off at six widths, no axe violations, and no color violations in the dark color scheme", async ({
  simulator,
  page,
}) => {
  await fill(simulator);
  await page.evaluate(axe);
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    for (const { tab, overflow, small } of await page.evaluate(layoutProblems)) {
      expect({ overflow, small }, `${tab} at ${width}`).toEqual({ overflow: 0, small: [] });
    }
    await simulator.tab("Messages");
    const { complete, cutOff } = await page.evaluate(findingsInList);
    expect(complete, `${width}`).toContain("error");
    expect(cutOff, `${width}`).toEqual([]);
    expect(await violations(page), `${width}`).toEqual([]);
  }
  expect((await page.evaluate(findingsInList)).complete, "the rules in a wide list").toContain("missing-field");
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    expect(await page.evaluate(lowestContrast, callHues), `the colors of calls, ${colorScheme}`).toBeGreaterThan(3);
  }
  await page.setViewportSize({ width: 1280, height: 800 });
  for (const tab of tabs) {
    await simulator.tab(tab);
    expect(await violations(page, "#work"), tab).toEqual([]);
  }
  await simulator.tab("Messages");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await page.locator("#diagram [data-type=CALL_ENDED]").click();
  expect(await violations(page, "#work"), "the diagram").toEqual([]);
  await page.getByRole("radio", { name: "List" }).check();
  expect(await violations(page, "#work"), "the selected message in the list").toEqual([]);
  await page.locator("#log").press("Escape");
  await page.locator("#hide").click();
  expect(await violations(page), "hidden").toEqual([]);
  await page.getByRole("button", { name: "Keyboard shortcuts" }).click();
  expect(await violations(page, "#help"), "the shortcuts").toEqual([]);
  await page.setViewportSize({ width: 400, height: 690 });
  await simulator.page.goto(`${simulatorUrl}calling-integration-popup-ui/1`);
  await page.evaluate(() => window.hubspot.ready);
  await page.evaluate(axe);
  expect(await violations(page), "the calling window").toEqual([]);
});

for (const width of [1280, 1920]) {
  test(`aligns the column headers, fills the page's width and shows the end of every column at ${width} px`, async ({
    simulator,
    page,
  }) => {
    await page.setViewportSize({ width, height: 800 });
    await fill(simulator);
    const box = (selector: string) =>
      page.locator(selector).evaluate((node) => {
        const { left, right, top, bottom } = node.getBoundingClientRect();
        return { left, right, top, bottom };
      });
    const [records, widget, work] = [
      await box("#crm .head"),
      await box("#widgetHead"),
      await box("#tabs > :first-child"),
    ];
    expect([widget.top, widget.bottom, work.top, work.bottom]).toEqual([
      records.top,
      records.bottom,
      records.top,
      records.bottom,
    ]);
    expect([records.left, (await box("#tabs > :last-child")).right]).toEqual([0, width]);
    expect((await box("header")).bottom, "the header is one line").toBeLessThan(48);
    const address = await box("#appUrl");
    expect(address.right - address.left, "a long address fits").toBeGreaterThanOrEqual(width === 1920 ? 440 : 216);
    for (const column of ["#records", "#stage", "#log"]) {
      expect((await box(column)).bottom, column).toBeLessThanOrEqual(800);
    }
    expect((await box("#log [data-type=READY] time")).left, "the list is aligned with its tools").toBe(
      (await box("#views")).left,
    );
    const cards = page.locator("#records > li");
    const edges = (part: string) =>
      cards.locator(part).evaluateAll((nodes) => [...new Set(nodes.map((node) => node.getBoundingClientRect().left))]);
    expect(await edges("b"), "names").toHaveLength(1);
    expect(await edges("ul small"), "properties").toHaveLength(1);
  });
}

test("does not move the messages when a count appears, or the tabs when the user selects a tab", async ({
  simulator,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await simulator.ready();
  // In browsers without field-sizing, the menu is as wide as its longest option.
  await page.locator("#shown").evaluate((menu) => {
    menu.style.width = "121px";
  });
  const top = () => page.locator("#log").evaluate((node) => node.getBoundingClientRect().top);
  const before = await top();
  await simulator.press("callEnded", "CALL_ENDED");
  await expect(page.locator("#findingsTab .count")).not.toBeEmpty();
  expect(await top()).toBe(before);
  await page.locator("#filter").fill("callEnded");
  await expect(page.locator("#kept")).toHaveText("1 of 3");
  expect(await top(), "while the filter's count is shown").toBe(before);
  const edges = () =>
    page.getByRole("tab").evaluateAll((nodes) => nodes.map((node) => JSON.stringify(node.getBoundingClientRect())));
  const positions = await edges();
  for (const tab of ["Findings", "Replies", "Help desk"]) {
    await simulator.tab(tab);
    expect(await edges(), tab).toEqual(positions);
  }
});

/**
 * Runs in the page. Returns the nested scrollbars, and the page's and the stage's scrollbars, because the app inside
 * them may scroll too.
 */
const nestedScrollbars = () => {
  const scrolls = [...document.querySelectorAll<HTMLElement>("body, body *")].filter((node) => {
    const { overflowX, overflowY } = getComputedStyle(node);
    const isScroller = (overflow: string) => overflow === "auto" || overflow === "scroll";
    return (
      node.checkVisibility() &&
      ((isScroller(overflowY) && node.scrollHeight > node.clientHeight) ||
        (isScroller(overflowX) && node.scrollWidth > node.clientWidth))
    );
  });
  const nested = scrolls.filter((node) => scrolls.some((outer) => outer !== node && outer.contains(node)));
  const page = document.documentElement;
  return [
    ...nested.map(({ id, tagName }) => id || tagName),
    ...scrolls.filter(({ id }) => id === "stage").map(({ id }) => id),
    ...(page.scrollHeight > page.clientHeight ? ["page"] : []),
  ];
};

test("has no nested scrollbars on any tab at 1280 x 800, even with a long message open and an alert shown", async ({
  simulator,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await fill(simulator);
  await simulator.send("DIAL_NUMBER", { list: Array.from({ length: 60 }, (_, index) => `line ${index}`) });
  await page.locator("#log [data-type=DIAL_NUMBER]").click();
  await expect(page.locator("#opened pre")).toContainText("line 59");
  await expect(page.getByRole("alert")).toBeVisible();
  for (const tab of tabs) {
    await simulator.tab(tab);
    expect(await page.evaluate(nestedScrollbars), tab).toEqual([]);
  }
  await simulator.tab("Messages");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await page.locator("#diagram [data-type=DIAL_NUMBER]").click();
  expect(await page.evaluate(nestedScrollbars), "the diagram").toEqual([]);
});

test("gives all tabs the same height, in one row or two", async ({ simulator, page }) => {
  await simulator.ready();
  for (const [width, rows] of [
    [1280, 2],
    [1920, 1],
  ] as const) {
    await page.setViewportSize({ width, height: 800 });
    const boxes = await page
      .getByRole("tab")
      .evaluateAll((nodes) =>
        nodes.map((node) => node.getBoundingClientRect()).map(({ top, height }) => [top, height]),
      );
    expect(new Set(boxes.map(([, height]) => height)).size, `${width}`).toBe(1);
    expect(new Set(boxes.map(([top]) => top)).size, `${width}`).toBe(rows);
  }
});

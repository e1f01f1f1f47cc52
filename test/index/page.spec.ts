import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { AxeResults } from "axe-core";
import { appUrl, expect, test } from "../support/host.ts";
import { serve } from "../support/serve.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const sizes = [
  { width: 320, height: 600 },
  { width: 400, height: 650 },
  { width: 800, height: 700 },
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
];

test("has no axe violations, overflow, tiny controls or tiny text at five widths in both color schemes", async ({
  host,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 600 });
  await host.open();
  await host.send("CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches: [] });
  await host.send("CREATE_ENGAGEMENT_FAILED", { error: { message: "No seat" } });
  await host.field("fromNumber").fill("030");
  for (const id of ["outgoingCall", "callAnswered", "callEnded", "callCompleted"]) {
    await host.app.locator(`#${id}`).click();
  }
  await expect(host.app.locator("#callTime")).toContainText(" s");
  await host.app.locator("summary", { hasText: "More fields" }).click();
  await host.records("CREATE_ENGAGEMENT_FAILED").locator("summary").click();
  const body = host.app.locator("body");
  await page.frame({ url: appUrl })?.evaluate(axe);

  /** Returns the violations, and how many rules the page follows. */
  const runAxe = (options: object) =>
    body.evaluate(
      async (_, options): Promise<[violations: string[], passes: number]> => {
        const { violations, passes }: AxeResults = await Reflect.get(window, "axe").run(document, options);
        return [violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(" ")}`), passes.length];
      },
      { preload: false, ...options },
    );

  for (const { width, height } of sizes) {
    await page.setViewportSize({ width, height });
    const [violations, passes] = await runAxe({ rules: { "color-contrast": { enabled: false } } });
    expect(violations, `${width}`).toEqual([]);
    expect(passes).toBeGreaterThan(10);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      const { columns, overflowing, small } = await body.evaluate(layout);
      expect(columns.length).toBeGreaterThanOrEqual(4);
      expect(new Set(columns).size, `${width}, ${colorScheme}: the log's columns are aligned`).toBe(1);
      expect({ overflowing, small }, `${width}, ${colorScheme}`).toEqual({ overflowing: [], small: [] });
      expect(await runAxe({ runOnly: ["color-contrast"] }), `${width}, ${colorScheme}`).toEqual([[], 1]);
    }
  }
});

/**
 * Returns the positions of the columns in each row of the log, the elements whose content overflows, and the elements that are
 * too small to tap or whose text is too small to read.
 */
function layout(body: HTMLElement) {
  const columns = [...body.querySelectorAll("#log summary")]
    .filter((row) => row.parentElement?.matches(":not([open])"))
    .map((row) => [...row.children].map((cell) => cell.getBoundingClientRect().left).join());
  const overflowing = [body, ...body.querySelectorAll("header, main, #bar, #log, #number")]
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth)
    .map(({ tagName, id }) => id || tagName);
  const visible = (selector: string) =>
    [...body.querySelectorAll<HTMLElement>(selector)].filter((element) =>
      element.checkVisibility({ visibilityProperty: true }),
    );
  const targets = visible("button, select, summary, a, input:not([type=checkbox]), label:has([type=checkbox])").filter(
    (target) => {
      const { width, height } = target.getBoundingClientRect();
      return Math.min(width, height) < 24;
    },
  );
  const tiny = visible("*").filter((element) => Number.parseFloat(getComputedStyle(element).fontSize) < 12);
  return { columns, overflowing, small: [...targets, ...tiny].map((element) => element.outerHTML) };
}

/** Runs in the page. Returns the elements that are not completely visible. */
const outOfView = (elements: Element[]) =>
  new Promise<string[]>((resolve) => {
    const observer = new IntersectionObserver((entries) => {
      const cut = entries.filter(({ intersectionRatio }) => intersectionRatio < 1);
      resolve(cut.map(({ target }) => target.outerHTML));
    });
    for (const element of elements) observer.observe(element);
  });

/** Runs in the page. Returns the elements that the user cannot click, because they are disabled or covered. */
const notClickable = (elements: Element[]) =>
  elements
    .filter((element) => {
      const { x, y, width, height } = element.getBoundingClientRect();
      const isCovered = document.elementFromPoint(x + width / 2, y + height / 2) !== element;
      return isCovered || element.matches(":disabled");
    })
    .map((element) => element.outerHTML);

test("shows the form's buttons and the newest messages without scrolling at the widget's size, and keeps its layout when it shows a failure, a caller and an invalid number, and highlights a button", async ({
  host,
  page,
}) => {
  await page.setViewportSize({ width: 400, height: 650 });
  await host.open();
  const buttons = host.app.locator("form button");
  await host.app.locator("#userAvailable").click();
  await host.app.locator("#userUnavailable").click();
  await expect(host.records("USER_UNAVAILABLE")).toHaveCount(1);
  expect(await buttons.evaluateAll(outOfView)).toEqual([]);
  for (const type of ["READY", "INITIALIZED", "USER_AVAILABLE", "USER_UNAVAILABLE"]) {
    await expect(host.records(type)).toBeInViewport({ ratio: 1 });
  }
  const hiddenHeight = await host.app.locator("main").evaluate((main) => main.scrollHeight - main.clientHeight);
  expect(hiddenHeight, "does not scroll").toBeLessThan(1);

  const positions = () =>
    host.app
      .locator("header, input:not([type=hidden]), button:not(#dismiss), #bar, #log")
      .evaluateAll((all) => all.map((element) => `${element.id} ${JSON.stringify(element.getBoundingClientRect())}`));
  const before = await positions();
  const name = "W".repeat(300);
  const objectCoordinates = { portalId: 1, objectId: 51, objectTypeId: "0-1" };
  await host.send("CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches: [{ name, objectCoordinates }] });
  await host.send("CREATE_ENGAGEMENT_FAILED", { error: { message: name } });
  await host.send("SET_CALL_STATE", { name });
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550151" });
  await host.app.locator("#callAnswered").click();
  await expect(host.app.locator("#callEnded")).toHaveAttribute("aria-current", "step");
  await host.field("toNumber").fill("030");
  await expect(host.app.locator("#failure")).toBeVisible();
  await expect(host.app.locator("#caller")).toContainText("WWW");
  await expect(host.records("SET_CALL_STATE")).toHaveCount(1);
  expect(await positions()).toEqual(before);
  expect(await buttons.evaluateAll(notClickable)).toEqual([]);
  for (const width of [320, 400, 800, 1280]) {
    await page.setViewportSize({ width, height: 650 });
    const [header, failure] = await host.app
      .locator("header, #failure")
      .evaluateAll((all) => all.map((element) => element.getBoundingClientRect().toJSON()));
    expect(failure.top, `${width}: starts within the header`).toBeGreaterThan(header.top);
    expect(failure.bottom, `${width}: ends within the header`).toBeLessThan(header.bottom);
  }
  await host.app.locator("#dismiss").click();
  await expect(host.app.locator("#failure")).toBeHidden();
});

test("keeps right-to-left caller names and messages in their columns, aligns the failure message with the status in the header, and shrinks the callEndStatus field to 100 pixels before it wraps below the callEnded button", async ({
  host,
  page,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await host.open();
  const left = (element: Element) => {
    const range = document.createRange();
    range.selectNodeContents(element);
    return range.getBoundingClientRect().left;
  };
  await host.send("CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches: [{ name: "מרים 😀" }] });
  const caller = host.app.locator("#caller");
  await expect(caller).toContainText("מרים 😀");
  await expect(caller).toHaveCSS("direction", "rtl");
  expect(await caller.evaluate(left)).toBeCloseTo(await host.app.locator("#number").evaluate(left), 0);
  await host.send("مرحبا", { words: "مرحبا" });
  const columns = (row: Element) =>
    [...row.querySelectorAll("summary > *")].map((cell) => cell.getBoundingClientRect().left);
  expect(await host.records("مرحبا").evaluate(columns)).toEqual(await host.records("READY").evaluate(columns));

  const middle = (element: Element) => {
    const { top, height } = element.getBoundingClientRect();
    return top + height / 2;
  };
  await host.send("CREATE_ENGAGEMENT_FAILED", { error: { message: "No seat" } });
  const text = host.app.locator("#failureText");
  await expect(text).toContainText("No seat");
  expect(await text.evaluate(middle)).toBeCloseTo(await host.app.locator("#status").evaluate(middle), 0);

  // The width at which the select wraps depends on the font.
  await page.setViewportSize({ width: 480, height: 650 });
  const widths = await host.app.locator("form").evaluate((form) => {
    const boxOf = (selector: string) => form.querySelector(selector)?.getBoundingClientRect() ?? new DOMRect();
    return Array.from({ length: 200 }, (_, paddingRight) => {
      form.style.paddingRight = `${paddingRight}px`;
      const select = boxOf("#callEndStatus");
      return select.top < boxOf("#callEnded").bottom ? [select.width] : [];
    }).flat();
  });
  expect(Math.max(...widths)).toBe(120);
  expect(Math.floor(Math.min(...widths))).toBe(100);
});

test("shows an error if an element is missing", async ({ page }) => {
  const whole = await (await page.request.get("/")).text();
  const url = await serve((_request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.end(whole.replace("id=userAvailable", "").replace('id="userAvailable"', ""));
  });
  await page.goto(url);
  await expect(page.locator("body")).toContainText('The page has no HTMLButtonElement with the id "userAvailable"');
  await expect(page.locator("h1")).toBeVisible();
});

test("has a dark background while it loads in dark mode", async ({ page }) => {
  const whole = await (await page.request.get("/")).text();
  const cut = whole.indexOf("<body");
  let sendRest = () => {};
  const url = await serve((_request, response) => {
    response.setHeader("Content-Type", "text/html");
    response.write(whole.slice(0, cut));
    sendRest = () => response.end(whole.slice(cut));
  });
  await page.emulateMedia({ colorScheme: "dark" });
  await page.goto(url, { waitUntil: "commit" });
  await expect(page.locator("html")).toHaveCSS("background-color", "rgb(22, 25, 29)");
  sendRest();
  await expect(page.locator("body")).toHaveCSS("display", "grid");
});

test("lets the user reach its controls with the Tab key, and operate them with Enter", async ({ host, page }) => {
  await host.open();
  await host.field("fromNumber").focus();
  const reached = new Set<string>();
  const focused = () =>
    host.app.locator("body").evaluate(() => {
      const element = document.activeElement;
      return element === document.body ? undefined : element?.id || element?.getAttribute("name") || element?.tagName;
    });
  for (let steps = 0; steps < 60; steps++) {
    const name = await focused();
    if (!name) break;
    reached.add(name);
    await page.keyboard.press("Tab");
  }
  for (const id of [
    "initialized",
    "callEnded",
    "navigateToRecord",
    "callData",
    "filter",
    "shown",
    "copy",
    "download",
  ]) {
    expect(reached).toContain(id);
  }
  await host.app.locator("#userAvailable").focus();
  await page.keyboard.press("Enter");
  await host.next("USER_AVAILABLE");
  const record = host.records("READY");
  await record.locator("summary").focus();
  await page.keyboard.press("Enter");
  await expect(record.locator("pre")).toContainText('"portalId": 62515');
});

test("loads with one request, and has a Content-Security-Policy that blocks injected scripts", async ({
  page,
  errors,
}) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  const response = await page.goto("/");
  await page.locator("#status").waitFor();
  expect(requests.filter((url) => !url.startsWith("data:"))).toEqual([page.url()]);
  const policy = await page.locator("meta[http-equiv=Content-Security-Policy]").getAttribute("content");
  expect(policy).toContain("default-src 'none'");
  expect(policy).not.toContain("unsafe-inline");
  expect(policy).not.toContain("connect-src");
  const headers = response?.headers() ?? {};
  expect(headers["x-content-type-options"]).toBe("nosniff");
  expect(headers["referrer-policy"]).toBe("strict-origin-when-cross-origin");
  expect(headers["content-security-policy"]).toMatch(
    /^frame-ancestors 'self' https:\/\/hubspot\.com https:\/\/\*\.hubspot\.com .*http:\/\/localhost:\*/,
  );
  expect(errors).toEqual([]);

  await page
    .evaluate(`document.body.append(Object.assign(document.createElement("script"), { text: "window.ran = 1" }))`)
    .catch(() => undefined);
  await page.evaluate(`fetch("/").catch(() => {})`);
  expect(await page.evaluate("window.ran")).toBe(undefined);
  expect(errors.join()).toMatch(/Content Security Policy/);
});

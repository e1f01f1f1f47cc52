// What the widget says of its app, and the way on that it offers where the app is not seen.
import { acknowledge, expect, initialize, minimalApp, silentApp, test } from "../../support/simulator.ts";

test("connecting, connected and closed; what opens it again is on the page", async ({ simulator, page, serve }) => {
  let answer = minimalApp(acknowledge);
  const url = await serve((response) => response.end(answer));
  await simulator.open({ app: url });
  const status = page.locator("#status");
  await expect(status).toHaveAttribute("data-state", "synced");
  await expect(page.locator("#caption")).toContainText(`waits for initialized · ${url}`);
  await expect(page.locator("#card")).toBeHidden();
  await page.locator("#close").click();
  await expect(status).toHaveText("Closed");
  await expect(page.locator("#cardTitle")).toHaveText("The widget is closed");
  answer = minimalApp(initialize);
  await page.getByRole("button", { name: "Open it again" }).click();
  await expect(status).toHaveText("Ready");
  await expect(page.locator("#caption")).toContainText("Connected");
  await expect(page.locator("#card")).toBeHidden();
});

test("hidden after a call, the widget says why, nothing in it takes the focus, and its button brings it back", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  const frame = page.locator("#frame iframe");
  const tabStops = async () => {
    await page.locator("#close").focus();
    const stops: string[] = [];
    for (let n = 0; n < 4; n++) {
      await page.keyboard.press("Tab");
      stops.push(await page.evaluate(() => document.activeElement?.tagName ?? ""));
    }
    return stops;
  };
  expect(await tabStops()).toContain("IFRAME");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await expect(frame).toBeHidden();
  await expect(page.locator("#cardTitle")).toHaveText("The call is completed, and the widget hidden");
  await expect(page.locator("#cardWords")).toContainText("hideWidget");
  expect(await tabStops()).not.toContain("IFRAME");
  await page.getByRole("button", { name: "Show the widget" }).click();
  await expect(frame).toBeVisible();
  expect(await tabStops()).toContain("IFRAME");

  await page.locator("#minimise").click();
  await expect(page.locator("#cardWords")).toContainText("by the button Minimise above");
  await page.locator("#hide").click();
  await expect(page.locator("#cardTitle"), "not by a call").toHaveText("The widget is hidden");
  await simulator.dial();
  await expect(frame).toBeVisible();

  await page.evaluate(() => window.hubspot.answer("CALL_COMPLETED", "never"));
  await simulator.app.locator("[name=hideWidget]").uncheck();
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await page.locator("#hide").click();
  await expect(page.locator("#cardTitle"), "nor by one that leaves it open").toHaveText("The widget is hidden");
});

test("refused, the reason alone is seen and not the browser's own page; Retry goes on once the app can be framed", async ({
  simulator,
  page,
  serve,
}) => {
  let headers: Record<string, string> = { "x-frame-options": "DENY" };
  let [code, answer] = [200, minimalApp(initialize)];
  const app = await serve((response) => response.writeHead(code, headers).end(answer));
  await simulator.open({ app });
  const frame = page.locator("#frame iframe");
  const words = page.locator("#cardWords");
  const retry = page.getByRole("button", { name: "Retry" });
  await expect(words).toContainText("X-Frame-Options: DENY");
  await expect(page.locator("#cardTitle")).toHaveText("No answer");
  await expect(frame).toBeHidden();
  headers = { "content-security-policy": "frame-ancestors 'none'" };
  await retry.click();
  await expect(words, "it is asked again").toContainText("frame-ancestors 'none'");
  await expect(frame).toBeHidden();
  headers = {};
  await retry.click();
  await expect(page.locator("#status")).toHaveText("Ready");
  await expect(frame).toBeVisible();
  await expect(page.locator("#card")).toBeHidden();

  [code, answer] = [404, silentApp];
  await page.locator("#reload").click();
  await expect(words).toContainText("answers 404");
  await expect(frame, "what the server itself says of it is seen").toBeVisible();

  await simulator.open({ app: "http://localhost:9/" });
  await expect(words).toContainText("browsers block its port");
  await expect(frame).toBeHidden();
});

test("on a phone, the app's name is read above the buttons of the widget", async ({ simulator, page }) => {
  await page.setViewportSize({ width: 320, height: 650 });
  await simulator.ready();
  const name = page.locator("#name");
  await expect(name).toHaveText("Calling app");
  expect(await name.evaluate((one) => one.scrollWidth - one.clientWidth)).toBe(0);
});

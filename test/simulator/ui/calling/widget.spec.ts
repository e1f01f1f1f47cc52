// The widget's status, and the card that it shows while the app is not visible.
import { softphone } from "../../../support/faulty-softphone.ts";
import { acknowledge, expect, initialize, minimalApp, silentApp, test } from "../../../support/simulator.ts";

test("shows whether the app is waiting, closed or connected, says what to do if the user calls before the app has sent initialized, and lets the user open a closed app again", async ({
  simulator,
  page,
  serve,
}) => {
  let answer = minimalApp(acknowledge);
  const url = await serve((response) => response.end(answer));
  await simulator.open({ app: url });
  const status = page.locator("#status");
  await expect(status).toHaveAttribute("data-state", "synced");
  await expect(page.locator("#caption")).toContainText(`waiting for initialized · ${url}`);
  await expect(page.locator("#card")).toBeHidden();
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.getByRole("alert")).toContainText("Wait until the app's status is Ready");
  await page.locator("#close").click();
  await expect(status).toHaveText("Closed");
  await expect(page.locator("#cardTitle")).toHaveText("The widget is closed");
  const needsApp = ["Minimize", "Hide", "Close"].map((name) => page.getByRole("button", { name, exact: true }));
  for (const button of needsApp) await expect(button).toBeDisabled();
  answer = minimalApp(initialize);
  await page.getByRole("button", { name: "Open again" }).click();
  await expect(status).toHaveText("Ready");
  for (const button of needsApp) await expect(button).toBeEnabled();
  await page.locator("#hide").click();
  await page.locator("#close").click();
  await expect(page.locator("#cardTitle"), "a closed app is not hidden").toHaveText("The widget is closed");
  await page.locator("#reload").click();
  await expect(status, "Reload loads the closed app").toHaveText("Ready");
  await expect(page.locator("#caption")).toContainText("Connected");
  await expect(page.locator("#card")).toBeHidden();
});

const silentFrames = [
  [{ iframeLocation: "remote" }, "Connected; silent, because the calling window sends the messages"],
  [
    { iframeLocation: "window", usesCallingWindow: "false" },
    "Connected; silent, because the app in the tab sends the messages",
  ],
] as const;
for (const [parameters, caption] of silentFrames) {
  test(`is ready in the ${parameters.iframeLocation} although the app is silent there`, async ({
    simulator,
    page,
    serve,
  }) => {
    const app = await serve((response) => response.end(minimalApp(acknowledge)));
    await simulator.open({ app, ...parameters });
    await expect(page.locator("#status")).toHaveText("Ready");
    await expect(page.locator("#caption")).toHaveText(`${caption} · ${app}`);
    await expect(page.locator("#card")).toBeHidden();
  });
}

test("shows the app's full name on a phone-sized screen, explains why it is hidden after a call, keeps the hidden app out of the tab order, and shows the app when the user presses “Show the widget”", async ({
  simulator,
  page,
}) => {
  await page.setViewportSize({ width: 320, height: 650 });
  await simulator.ready();
  const name = page.locator("#name");
  await expect(name).toHaveText("Calling app");
  expect(await name.evaluate((node) => node.scrollWidth - node.clientWidth)).toBe(0);
  await page.setViewportSize({ width: 1280, height: 720 });
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
  await expect(page.locator("#cardTitle")).toHaveText("Call completed, widget hidden");
  await expect(page.locator("#cardWords")).toContainText("hideWidget");
  expect(await tabStops()).not.toContain("IFRAME");
  await page.getByRole("button", { name: "Show the widget" }).click();
  await expect(frame).toBeVisible();
  expect(await tabStops()).toContain("IFRAME");

  await page.locator("#minimise").click();
  await expect(page.locator("#cardWords")).toContainText("press Minimize again");
  await page.locator("#hide").click();
  await expect(page.locator("#cardTitle"), "the user hid the widget").toHaveText("The widget is hidden");
  await simulator.dial();
  await expect(frame).toBeVisible();

  await page.evaluate(() => window.hubspot.answer("CALL_COMPLETED", "never"));
  await simulator.app.locator("[name=hideWidget]").uncheck();
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await page.locator("#hide").click();
  await expect(page.locator("#cardTitle"), "the user hid the widget after a call that kept it open").toHaveText(
    "The widget is hidden",
  );
});

test("shows only the reason if the app forbids iframes, and loads the app on Retry after the app allows iframes", async ({
  simulator,
  page,
  serve,
}) => {
  let headers: Record<string, string> = { "x-frame-options": "DENY" };
  let [code, answer] = [200, minimalApp(initialize)];
  const app = await serve((response) => response.writeHead(code, headers).end(answer));
  await simulator.open({ app });
  const frame = page.locator("#frame iframe");
  const text = page.locator("#cardWords");
  const retry = page.getByRole("button", { name: "Retry" });
  await expect(text).toContainText("X-Frame-Options: DENY");
  await expect(page.locator("#cardTitle")).toHaveText("No answer");
  await expect(frame).toBeHidden();
  headers = { "content-security-policy": "frame-ancestors 'none'" };
  await retry.click();
  await expect(text, "Retry requests the headers again").toContainText("frame-ancestors 'none'");
  await expect(frame).toBeHidden();
  headers = {};
  await retry.click();
  await expect(page.locator("#status")).toHaveText("Ready");
  await expect(frame).toBeVisible();
  await expect(page.locator("#card")).toBeHidden();

  [code, answer] = [404, silentApp];
  await page.locator("#reload").click();
  await expect(text).toContainText("answers with status 404");
  await expect(frame, "the server's error page is visible").toBeVisible();

  await simulator.load("http://localhost:9/");
  await expect(text).toContainText("browsers block its port");
  await expect(frame).toBeHidden();
});

test("keeps the app's page if the app opens a sip: address", async ({ simulator, page, serve }) => {
  await simulator.open({ app: await serve((response) => response.end(softphone("opens a sip: address"))) });
  await expect(page.locator("#status")).toHaveText("Ready");
  await simulator.dial({ phoneNumber: "+18005550151" });
  for (const name of ["Call", "Answer", "Hang up", "Complete"])
    await simulator.app.getByRole("button", { name }).click();
  await expect.poll(async () => (await simulator.messages("app")).at(-1)?.type).toBe("CALL_COMPLETED");
  await expect(page.locator("#status")).toHaveText("Ready");
});

test("shows that no SYNC is sent if SYNC is set to never, without a finding about the app", async ({
  simulator,
  page,
}) => {
  await simulator.open({ syncDelay: "Infinity", timeout: "1000" });
  await expect(page.locator("#caption")).toContainText("No SYNC is sent, as set on the Session tab");
  await expect(page.locator("#status")).toHaveText("No SYNC");
  await expect(page.locator("#cardWords")).toContainText("received no SYNC within 1000 ms");
  expect(await simulator.findings()).toEqual([]);
  expect(await page.evaluate(() => window.hubspot.ready.catch(String))).toContain("received no SYNC");

  await simulator.open({ syncDelay: "3000" });
  await expect(page.locator("#caption")).toContainText("SYNC is sent late, as set on the Session tab");
  await expect(page.locator("#caption")).toContainText("Connected");
});

// The simulator's whole page: widget, providers, manual events and scripting.
import { appUrl } from "../../support/host.ts";
import { expect, simulatorUrl, test } from "../../support/simulator.ts";

test("lets the app resize the widget, lets the user minimize, hide and close it, and hides it after callCompleted unless hideWidget is false", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  const frame = page.locator("#frame iframe");
  await expect(frame).toHaveAttribute("allow", "microphone; autoplay; speaker-selection");
  await simulator.app.locator("summary", { hasText: "More fields" }).click();
  await simulator.app.locator("[name=width]").fill("350");
  await simulator.app.locator("[name=height]").fill("500");
  await simulator.press("resizeWidget", "RESIZE_WIDGET");
  await expect(frame).toHaveAttribute("width", "350");
  await expect(frame).toHaveAttribute("height", "500");

  await page.getByRole("button", { name: "Minimize" }).click();
  await expect(frame).toBeHidden();
  await expect(page.locator("#minimise")).toHaveAttribute("aria-pressed", "true");
  await page.getByRole("button", { name: "Minimize" }).click();
  await page.getByRole("button", { name: "Hide" }).click();
  const visibilities = (await simulator.messages("hubspot")).filter(({ type }) => type === "VISIBILITY_CHANGED");
  expect(visibilities.map(({ data }) => data)).toEqual([
    { isMinimized: true, isHidden: false },
    { isMinimized: false, isHidden: false },
    { isMinimized: false, isHidden: true },
  ]);
  await simulator.dial();
  await expect(frame).toBeVisible();
  await page.locator("#close").click();
  await expect(frame).toHaveCount(0);
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(frame).toBeVisible();

  await page.evaluate(() => window.hubspot.ready);
  await simulator.app.locator("[name=hideWidget]").uncheck();
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await expect(frame).toBeVisible();
  await simulator.app.locator("[name=hideWidget]").check();
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await expect(frame).toBeHidden();
});

test("tells the user to wait if the app is not ready yet", async ({ simulator, page }) => {
  await simulator.open({ syncDelay: "Infinity" });
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.locator("#alertText")).toHaveText(
    "The app is not ready yet. Wait until the app's status is Ready, then call again.",
  );
  const error = page.evaluate(() => window.hubspot.dial().catch(String));
  expect(await error, "a script's error names the promise").toContain("await hubspot.ready first");
});

test("shows an app's error as plain text in an alert, loads the URL from setWidgetUrl, and connects to the new page", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.app.locator("summary", { hasText: "More fields" }).click();
  await simulator.app.locator("[name=message]").fill("<b>No microphone</b>");
  await simulator.press("sendError", "ERROR");
  const alert = page.locator("#alertText");
  await expect(alert).toHaveText("<b>No microphone</b>");
  await simulator.press("userLoggedOut", "LOGGED_OUT");
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(alert).toContainText("has not reported a logged-in user");
  await simulator.press("sendError", "ERROR");
  await expect(alert, "a repeated alert becomes the newest").toHaveText("<b>No microphone</b>");
  await page.locator("#alert button").click();
  await expect(page.getByRole("alert")).toBeHidden();

  await simulator.app.locator("[name=iFrameUrl]").fill(`${appUrl}?elsewhere`);
  await simulator.press("setWidgetUrl", "SET_WIDGET_URL");
  await expect(page.locator("#frame iframe")).toHaveAttribute("src", `${appUrl}?elsewhere`);
  await expect
    .poll(async () => (await simulator.messages("app")).filter(({ type }) => type === "INITIALIZED").length)
    .toBe(2);

  // Older apps send iFrameUrl next to the type, without data.
  await simulator.app.locator("body").evaluate((_, iFrameUrl) => {
    parent.postMessage({ type: "SET_WIDGET_URL", messageId: "by hand", iFrameUrl }, "*");
  }, `${appUrl}?older`);
  await expect(page.locator("#frame iframe")).toHaveAttribute("src", `${appUrl}?older`);
});

test("offers the providers from HubSpot's localStorage keys", async ({ simulator, page }) => {
  const softphone = { name: "My softphone", url: `${appUrl}?mine`, width: 320, height: 480 };
  await simulator.store({
    "LocalSettings:Calling:CallingExtensions": JSON.stringify(softphone),
    "LocalSettings:Calling:installDemoWidget": "local",
  });
  await simulator.open();
  await expect(page.locator("#provider option")).toHaveText(["Calling app", "My softphone", "Demo App Local"]);
  await page.locator("#provider").selectOption("My softphone");
  await expect(page.locator("#name")).toHaveText("My softphone");
  const frame = page.locator("#frame iframe");
  await expect(frame).toHaveAttribute("src", `${appUrl}?mine`);
  await expect(frame).toHaveAttribute("width", "320");
  await expect(frame).toHaveAttribute("height", "480");

  await page.evaluate(() => localStorage.setItem("LocalSettings:Calling:CallingExtensions", '{"name":"Broken"}'));
  await page.reload();
  await expect(page.getByRole("alert")).toContainText("LocalSettings:Calling:CallingExtensions is invalid: url");
});

test("sends an example of every event, the payload of every known problem, and an edited payload", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.tab("Send an event");
  const choice = page.locator("#eventType");
  const sent = await choice.evaluate((select: HTMLSelectElement) =>
    [...select.options].map(({ index, text }) => {
      select.selectedIndex = index;
      select.dispatchEvent(new Event("change"));
      const count = () => window.hubspot.messages().filter(({ from }) => from === "hubspot").length;
      const before = count();
      document.querySelector<HTMLElement>("#event button")?.click();
      return [text, count() - before];
    }),
  );
  expect(sent.length).toBeGreaterThan(30);
  expect(sent).toEqual(sent.map(([text]) => [text, 1]));
  await choice.selectOption("FINALIZE_ENGAGEMENT_SUCCEEDED");
  await expect(page.locator("#eventSource")).toContainText("inferred");
  await page.locator("#eventData").fill('{ "own": 1 }');
  await page.getByRole("button", { name: "Send", exact: true }).click();
  expect((await simulator.messages("hubspot")).at(-1)).toMatchObject({
    type: "FINALIZE_ENGAGEMENT_SUCCEEDED",
    data: { own: 1 },
  });
  await page.locator("#eventData").fill("{ own");
  await page.getByRole("button", { name: "Send", exact: true }).click();
  await expect(page.locator("#eventProblem")).toContainText("Invalid JSON");
});

test("writes foreign data as plain text, and handles unusual messages from an app without errors", async ({
  simulator,
  page,
  errors,
}) => {
  await simulator.ready();
  await simulator.answer("NAVIGATE_TO_RECORD", "never"); // A successful reply would load another page during the test.
  const markup = "<img src=x onerror=alert(1)>";
  await simulator.app.locator("body").evaluate((_, text) => {
    const post = (message: unknown) => parent.postMessage(message, "*");
    for (const data of [
      null,
      5,
      text,
      [],
      {},
      { externalCallId: text, fromNumber: text, toNumber: text, createEngagement: true },
    ]) {
      for (const type of [
        "__proto__",
        "constructor",
        text,
        "OUTGOING_CALL_STARTED",
        "CALL_ENDED",
        "NAVIGATE_TO_RECORD",
        "SET_WIDGET_URL",
      ]) {
        post({ type, messageId: "junk", data });
      }
    }
    for (const message of [null, 5, text, [], {}, { type: 5 }, { type: "SYNC_ACK", messageId: "unknown" }])
      post(message);
    post({ type: "ERROR", messageId: "junk", data: { message: text } });
    post({ type: "RESIZE_WIDGET", messageId: "junk", data: { width: -5, height: "100vh" } });
    post({ type: "RESIZE_WIDGET", messageId: "junk", data: { width: Number.NaN, height: Number.POSITIVE_INFINITY } });
    post({ type: "LAST", messageId: "junk" });
  }, markup);
  await simulator.sent("LAST");
  await expect(page.locator("#alertText")).toHaveText(markup);
  expect(await page.locator("img").count()).toBe(0);
  await expect(page.locator("#frame iframe")).toHaveAttribute("width", "400");
  expect(errors).toEqual([]);
});

test("serves the simulator's pages only at the simulator's origin", async ({ request }) => {
  expect(await (await request.get(simulatorUrl)).text()).toContain("HubSpot simulator");
  expect(await (await request.get(appUrl)).text()).not.toContain("HubSpot simulator");
  expect(await (await request.get(`${appUrl}calling-integration-popup-ui/1`)).status()).toBe(404);
});

test("shows a call from the REST API on the timeline, with its record", async ({ simulator, page }) => {
  const call = {
    externalCallId: "",
    direction: "INBOUND",
    state: "completed",
    properties: {},
    createdAt: 1,
    by: "api",
  };
  const records = [
    { objectTypeId: "0-1", objectId: 51 },
    { objectTypeId: "0-1", objectId: 999 },
  ];
  const calls = records.map((record, index) => [index + 1, { ...call, engagementId: index + 1, record }]);
  await page.route("**/simulator/state*", (route) =>
    route.fulfill({ json: { apps: {}, calls: Object.fromEntries(calls) } }),
  );
  await simulator.open();
  await expect(page.locator("[data-engagement='1']")).toContainText("Ada Lovelace");
  await expect(page.locator("[data-engagement='2']")).toContainText("0-1/999");
  expect((await simulator.engagements()).map(({ record }) => record)).toEqual(records);
});

// The app that the user chooses in “Call from” stays chosen, as in HubSpot.
import type { Page } from "@playwright/test";
import { appUrl } from "../../../support/host.ts";
import { expect, initialize, minimalApp, Simulator, test } from "../../../support/simulator.ts";

const name = (page: Page) => page.locator("#name");

/** An app that the simulator offers in addition to the project's app. */
const softphone = JSON.stringify({ name: "My softphone", url: `${appUrl}?mine` });

test("keeps the chosen app after a reload and in a new tab, unless the URL names another app", async ({
  simulator,
  page,
  context,
  serve,
}) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  await simulator.store({ "LocalSettings:Calling:CallingExtensions": softphone });
  await simulator.open();
  await expect(name(page)).toHaveText("Calling app");
  await page.locator("#provider").selectOption("My softphone");
  await expect(name(page)).toHaveText("My softphone");
  await page.reload();
  await expect(name(page)).toHaveText("My softphone");
  await expect(page.locator("#frame iframe")).toHaveAttribute("src", `${appUrl}?mine`);

  const tab = new Simulator(await context.newPage());
  await tab.ready();
  await expect(name(tab.page)).toHaveText("My softphone");
  await tab.open({ app });
  await expect(name(tab.page)).toHaveText(new URL(app).host);
  await tab.open({ app: appUrl });
  await expect(name(tab.page), "the URL can also name the project's app").toHaveText("Calling app");
  await expect(tab.page.locator("#provider option"), "the project's app is listed once").toHaveText([
    "Calling app",
    "My softphone",
  ]);
  await page.reload();
  await expect(name(page), "an app in the URL does not change the choice").toHaveText("My softphone");
});

test("removes the URL's app when the user selects another app, and loads the selected app after a reload", async ({
  simulator,
  page,
  serve,
}) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  await simulator.open({ app, portalId: "7" });
  await page.locator("#provider").selectOption("Calling app");
  await expect(name(page)).toHaveText("Calling app");
  await page.reload();
  await expect(name(page)).toHaveText("Calling app");
  const { searchParams } = new URL(page.url());
  expect(searchParams.has("app")).toBe(false);
  expect(searchParams.get("portalId")).toBe("7");
});

test("loads a chosen registered app only once after a reload, and forgets the app after its registration is deleted", async ({
  simulator,
  page,
}) => {
  const settings = { name: "Registered", url: `${appUrl}?registered`, width: 350, height: 500, isReady: true };
  const inbound = { supportsCustomObjects: false, supportsInboundCalling: false, usesCallingWindow: true };
  const stamps = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" };
  let apps: object = { 7: { settings: { ...settings, ...inbound, usesRemote: false, ...stamps } } };
  let requests = 0;
  // Other tests change the state of the same server.
  await page.route("**/events", (route) => route.fulfill({ status: 204 }));
  await page.route("**/simulator/state", (route) => {
    requests += 1;
    return route.fulfill({ json: { apps, calls: {} } });
  });
  await simulator.open();
  await page.locator("#provider").selectOption("Registered");
  await expect(name(page)).toHaveText("Registered");
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  await expect(name(page)).toHaveText("Registered");
  await expect(page.locator("#frame iframe")).toHaveAttribute("width", "350");
  await expect.poll(() => requests).toBe(2);
  expect((await simulator.messages("hubspot")).map(({ type }) => type)).toEqual(["READY"]);

  apps = {};
  await page.reload();
  await expect(name(page)).toHaveText("Calling app");
  await page.reload();
  await page.evaluate(() => window.hubspot.ready);
  await expect(page.locator("#provider option")).toHaveText(["Calling app"]);
});

const failingStorages: Record<string, () => void> = {
  full: () => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
    };
  },
  inaccessible: () => {
    for (const name of ["localStorage", "sessionStorage"]) {
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException("Access is denied.", "SecurityError");
        },
      });
    }
  },
};
for (const [what, fail] of Object.entries(failingStorages)) {
  test(`loads the chosen app, keeps its call in memory and shows an alert if the storage is ${what}`, async ({
    simulator,
    page,
    errors,
    serve,
  }) => {
    const app = await serve((response) => response.end(minimalApp(initialize)));
    await page.addInitScript(fail);
    await simulator.open();
    await page.locator("#appUrl").fill(app);
    await page.locator("#appUrl").press("Enter");
    await expect(name(page)).toHaveText(new URL(app).host);
    await page.locator("#provider").selectOption("Calling app");
    await expect(name(page)).toHaveText("Calling app");
    await page.evaluate(() => window.hubspot.ready);
    await expect(page.getByRole("alert")).toContainText("The browser does not store your choices on this page");
    await simulator.tab("Timeline");
    await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
    await simulator.press("callAnswered", "CALL_ANSWERED");
    await simulator.press("callEnded", "CALL_ENDED");
    await simulator.press("callCompleted", "CALL_COMPLETED");
    await expect(page.locator("#engagements li")).toHaveAttribute("data-state", "completed");
    // The server's report-only policy (frame-policy.ts) allows only the app in the page's URL, but does not block other
    // apps.
    expect(errors.filter((text) => !text.includes("report-only"))).toEqual([]);
    expect(await simulator.findings()).toEqual([]);
  });
}

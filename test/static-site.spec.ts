// http-server serves dist/ below a path, as a static host does. The simulator works there without its own server.
import { cp } from "node:fs/promises";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import { test as base, expect } from "@playwright/test";
import { createServer } from "http-server";
import { Simulator } from "./support/simulator.ts";
import { openWorkspace } from "./support/workspace.ts";

const path = "/some/project/";

type Site = { origin: string };

const test = base.extend<{ problems: string[] }, { site: Site }>({
  site: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
    async ({}, use) => {
      const workspace = await openWorkspace();
      expect(await workspace.start([]).ended).toBe(0);
      const root = join(workspace.folder, "root");
      await cp(join(workspace.folder, "dist"), join(root, path), { recursive: true });
      const server = createServer({ root, cache: -1 });
      const port = await new Promise<number>((resolve) => {
        server.listen(0, "localhost", () => {
          const address: AddressInfo = Reflect.get(server, "server").address();
          resolve(address.port);
        });
      });
      await use({ origin: `http://localhost:${port}` });
      server.close();
      await workspace.close();
    },
    { scope: "worker" },
  ],
  /** Console errors and failed requests. */
  problems: async ({ page }, use) => {
    const problems: string[] = [];
    page.on("console", (message) => message.type() === "error" && problems.push(message.text()));
    page.on("pageerror", (error) => problems.push(error.message));
    page.on("requestfailed", (request) =>
      problems.push(`${request.method()} ${request.url()}: ${request.failure()?.errorText}`),
    );
    page.on("response", (response) => response.status() >= 400 && problems.push(`${response.url()} failed`));
    await use(problems);
  },
});

// These tests run in one worker, because each worker builds the site.
test.describe.configure({ mode: "default" });

async function call(simulator: Simulator, start: () => Promise<unknown>): Promise<void> {
  await simulator.app.locator("[name=hideWidget]").uncheck();
  await start();
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
}

async function outbound(simulator: Simulator): Promise<void> {
  await simulator.dial();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
}

async function inbound(simulator: Simulator): Promise<void> {
  await simulator.press("incomingCall", "INCOMING_CALL");
  await expect(simulator.app.locator("#caller")).toContainText("CONTACT");
}

async function expectTwoCalls(simulator: Simulator): Promise<void> {
  await call(simulator, () => outbound(simulator));
  await call(simulator, () => inbound(simulator));
  await expect(simulator.page.locator("#engagements > li")).toHaveCount(2);
  const engagements = await simulator.engagements();
  expect(engagements.map(({ direction, state }) => [direction, state])).toEqual([
    ["OUTBOUND", "completed"],
    ["INBOUND", "completed"],
  ]);
  expect(await simulator.rules()).toEqual([]);
}

test("handles an outbound and an inbound call on a static host, and causes no errors or failed requests", async ({
  page,
  site,
  problems,
}) => {
  await page.goto(site.origin + path);
  await page.getByRole("link", { name: "Open in the simulator" }).click();
  await page.waitForURL(`${site.origin}${path}simulator/`);
  await page.evaluate(() => window.hubspot.ready);
  await expectTwoCalls(new Simulator(page));
  await page.reload();
  await expect(page.locator("#engagements > li"), "the browser stores the calls").toHaveCount(2);
  expect(problems).toEqual([]);
});

test("handles an outbound and an inbound call on an https origin other than localhost", async ({
  page,
  site,
  problems,
}) => {
  const origin = "https://someone.example";
  await page.route(`${origin}/**`, async (route) => {
    const url = route.request().url().replace(origin, site.origin);
    await route.fulfill({ response: await route.fetch({ url }) });
  });
  await page.goto(`${origin}${path}simulator/`);
  await page.evaluate(() => window.hubspot.ready);
  await expectTwoCalls(new Simulator(page));
  expect(problems).toEqual([]);
});

test("shows a line of JavaScript, to run in the console, that contains the app's URL on the static host", async ({
  page,
  site,
}) => {
  await page.goto(site.origin + path);
  await expect(page.locator("#line code")).toContainText(`\\"url\\":\\"${site.origin}${path}\\"`);
});

test("registers an app through the settings endpoints that the page itself provides", async ({
  page,
  site,
  problems,
}) => {
  await page.goto(`${site.origin}${path}simulator/`);
  await page.evaluate(() => window.hubspot.ready);
  const register = (name: string) =>
    page.evaluate(
      async (body) => {
        const init = { method: "POST", headers: { "content-type": "application/json" }, body };
        const response = await window.hubspot.request("/crm/extensions/calling/2026-03/1234567/settings", init);
        return response.status;
      },
      JSON.stringify({ name, url: "http://localhost:3000/" }),
    );
  expect(await register("")).toBe(400);
  expect(await register("Softphone")).toBe(200);
  const menu = page.locator("#provider option");
  await expect(menu).toHaveText(["Calling app", "Softphone"]);
  await page.reload();
  await expect(menu, "the browser stores the registered apps").toHaveText(["Calling app", "Softphone"]);
  await expect(page.evaluate(() => window.hubspot.request("/simulator/state"))).rejects.toThrow(
    /must start with \/crm\//,
  );
  expect(problems).toEqual([]);
});

test("says that connecting a number of a registered app needs the server", async ({ page, site, problems }) => {
  await page.goto(`${site.origin}${path}simulator/`);
  await page.evaluate(() => window.hubspot.ready);
  const status = await page.evaluate(
    async (body) => {
      const init = { method: "POST", headers: { "content-type": "application/json" }, body };
      const endpoint = "/crm/extensions/calling/2026-03/7/settings/channel-connection";
      return (await window.hubspot.request(endpoint, init)).status;
    },
    JSON.stringify({ url: "https://app.example/webhook", isReady: true }),
  );
  expect(status).toBe(200);
  await page.getByRole("tab", { name: "Help desk" }).click();
  await page.getByRole("button", { name: "Connect a number" }).click();
  await expect(page.locator("#helpDesk em")).toHaveText(/^This page has no server\. .*npm start\.$/);
  expect(problems).toEqual([]);
});

test("says on the Help desk tab that the page has no server, and mentions npm start", async ({
  page,
  site,
  problems,
}) => {
  await page.goto(`${site.origin}${path}simulator/`);
  await page.evaluate(() => window.hubspot.ready);
  await page.getByRole("tab", { name: "Help desk" }).click();
  await expect(page.locator("#helpDesk")).toContainText("This page has no server.");
  await expect(page.locator("#helpDesk")).toContainText("npm start");
  expect(problems).toEqual([]);
});

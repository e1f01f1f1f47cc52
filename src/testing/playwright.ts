// hubspot-calling-app/playwright: the fixture for Playwright's test runner.
import { existsSync } from "node:fs";
import { test as base, expect } from "@playwright/test";
import { ignoreExternalLinks } from "../check/browser/external-links.ts";
import { PageHistory } from "../check/browser/page-history.ts";
import { browserArguments, findBrowser } from "../node/browser.ts";
import type { RuleId } from "../simulator/rules/index.ts";
import { createFixture, type HubspotFixture } from "./hubspot-fixture.ts";
import { isOnThisMachine, loadSimulator } from "./load-simulator.ts";
import type { HubspotOptions } from "./options.ts";
import { startServer } from "./server.ts";
import { assertFindings, attachTo } from "./test-result.ts";

export type { Answers, SessionOptions } from "../simulator/session/session-options.ts";
export type { HubspotFixture } from "./hubspot-fixture.ts";
export type { HubspotOptions } from "./options.ts";
export { recordedCall } from "./recorded-call.ts";
export type { UserActionsByMessage } from "./replay.ts";
export { expect };

/**
 * Playwright's `test` with a `hubspot` fixture. The app is ready when a test starts. A finding with the severity `error` fails
 * the test, unless the test expects the finding's rule with `hubspot.expectFindings`.
 * @example
 * import { expect, test } from "hubspot-calling-app/playwright";
 * test.use({ app: "http://localhost:3000/" });
 * test("fills in the number", async ({ hubspot }) => {
 *   await hubspot.dial({ phoneNumber: "+18005550151" });
 *   await expect(hubspot.app.getByLabel("Number")).toHaveValue("+18005550151");
 * });
 */
export const test = base.extend<HubspotOptions & { hubspot: HubspotFixture }, { hubspotServer: string }>({
  app: [undefined, { option: true }],
  iframeLocation: [undefined, { option: true }],
  usesCallingWindow: [undefined, { option: true }],
  session: [{}, { option: true }],
  answers: [{}, { option: true }],

  /**
   * Chromium partitions storage, as users' browsers do. If Playwright's Chromium is missing or CHROMIUM_PATH is set, another
   * browser is used.
   */
  launchOptions: [
    async ({ launchOptions, playwright, browserName }, use, { project }) => {
      if (browserName !== "chromium") return use(launchOptions);
      const { executablePath, channel, args = [], headless = project.use.headless } = launchOptions;
      const bundled = playwright.chromium.executablePath();
      const isChosen = executablePath !== undefined || channel !== undefined;
      const usesBundled = existsSync(bundled) && !process.env.CHROMIUM_PATH;
      const installed = isChosen || usesBundled ? undefined : findBrowser(bundled, headless === false).path;
      await use({
        ...launchOptions,
        args: [...browserArguments, ...args],
        ...(installed !== undefined && { executablePath: installed }),
      });
    },
    { scope: "worker" },
  ],

  hubspotServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this fixture needs.
    async ({}, use) => {
      const server = await startServer();
      await use(server.simulator);
      await server.close();
    },
    { scope: "worker" },
  ],

  /** The user's browser may trust the local certificate even if this browser does not. */
  ignoreHTTPSErrors: async ({ app, ignoreHTTPSErrors }, use) => {
    await use(ignoreHTTPSErrors || (app !== undefined && isOnThisMachine(app)));
  },

  hubspot: async ({ page, hubspotServer, app, iframeLocation, usesCallingWindow, session, answers }, use, testInfo) => {
    await ignoreExternalLinks(page.context());
    await loadSimulator(page, hubspotServer, { app, iframeLocation, usesCallingWindow, session, answers });
    const history = new PageHistory(page);
    const expected = new Set<RuleId>();
    await use(createFixture(page, history, expected));
    await history.close();
    await attachTo(testInfo, history);
    assertFindings(history.findings, expected);
  },
});

import type { FrameLocator, Page } from "@playwright/test";
import type { PageHistory } from "../check/browser/page-history.ts";
import type { RuleId } from "../simulator/rules/index.ts";
import type { Hubspot } from "../simulator/ui/window-hubspot.ts";
import { createReplay, type Replay } from "./replay.ts";

type Method = {
  [Name in keyof Hubspot]: Hubspot[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Hubspot];

/**
 * The members of window.hubspot except `request`, with methods that return promises, and helpers for tests.
 * @example
 * test("rings", async ({ hubspot }) => {
 *   await hubspot.app.getByRole("button", { name: "Simulate a call" }).click();
 *   await hubspot.waitFor("INCOMING_CALL");
 *   expect(await hubspot.engagements()).toMatchObject([{ direction: "INBOUND" }]);
 * });
 */
export type HubspotFixture = {
  [Name in Exclude<Method, "replay" | "request">]: (
    ...args: Parameters<Hubspot[Name]>
  ) => Promise<Awaited<ReturnType<Hubspot[Name]>>>;
} & {
  readonly ready: Hubspot["ready"];
  readonly loggedIn: Hubspot["loggedIn"];
  /** The `userActions` make the app send the log's messages. For the other options, see `window.hubspot.replay`. */
  replay: Replay;
  readonly app: FrameLocator;
  readonly page: Page;
  /**
   * Reloads the simulator's page, and thus the app, which HubSpot also reloads when the user opens another record. Resolves
   * when the app is ready again. Use this method instead of `page.reload()`, which loses the findings so far.
   */
  reload(): Promise<void>;
  /**
   * Expects the app to break these rules. The test fails unless the app breaks all of them.
   * @example
   * hubspot.expectFindings(["ghost-call"]);
   */
  expectFindings(rules: RuleId[]): void;
};

export function createFixture(page: Page, history: PageHistory, expected: Set<RuleId>): HubspotFixture {
  const app = page.frameLocator("#frame iframe");
  return {
    app,
    page,
    get ready() {
      return page.evaluate(() => window.hubspot.ready);
    },
    get loggedIn() {
      return page.evaluate(() => window.hubspot.loggedIn);
    },
    dial: (call) => page.evaluate((call) => window.hubspot.dial(call), call),
    close: () => page.evaluate(() => window.hubspot.close()),
    clear: (what) => page.evaluate((what) => window.hubspot.clear(what), what),
    send: (...args) => page.evaluate(([type, data]) => window.hubspot.send(type, data), args),
    answer: (...args) => page.evaluate((args) => window.hubspot.answer(...args), args),
    waitFor: (...args) => page.evaluate((args) => window.hubspot.waitFor(...args), args),
    messages: () => page.evaluate(() => window.hubspot.messages()),
    engagements: () => page.evaluate(() => window.hubspot.engagements()),
    findings: () => page.evaluate(() => window.hubspot.findings()),
    replay: createReplay(page, app),
    async reload() {
      await history.keep();
      await page.reload({ waitUntil: "domcontentloaded" });
      await page.evaluate(() => window.hubspot.ready);
    },
    expectFindings(rules) {
      for (const rule of rules) expected.add(rule);
    },
  };
}

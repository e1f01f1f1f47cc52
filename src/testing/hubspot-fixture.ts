// The `hubspot` of a test: window.hubspot of the simulator's page, and what a test needs besides.
import type { FrameLocator, Page } from "@playwright/test";
import type { PageHistory } from "../check/page-history.ts";
import type { RuleId } from "../simulator/rules/index.ts";
import type { Hubspot } from "../simulator/ui/window-hubspot.ts";
import { createReplay, type Replay } from "./replay.ts";

type Method = {
  [Name in keyof Hubspot]: Hubspot[Name] extends (...args: never[]) => unknown ? Name : never;
}[keyof Hubspot];

export type HubspotFixture = {
  [Name in Exclude<Method, "replay">]: (
    ...args: Parameters<Hubspot[Name]>
  ) => Promise<Awaited<ReturnType<Hubspot[Name]>>>;
} & {
  readonly ready: Hubspot["ready"];
  readonly loggedIn: Hubspot["loggedIn"];
  /** As window.hubspot's; `userActions` has what a person does in the app when a message is waited for. */
  replay: Replay;
  /** The app, in its frame. */
  readonly app: FrameLocator;
  /** The simulator's page. */
  readonly page: Page;
  /** HubSpot reloads its page, as when its user opens another record; resolves when the app is ready again. */
  reload(): Promise<void>;
  /** The app breaks these rules in this test: they do not fail it, but it fails if one is not broken. */
  expectFindings(rules: RuleId[]): void;
};

/** @param expected collects the rules of `expectFindings` */
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

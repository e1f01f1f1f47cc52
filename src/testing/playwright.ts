// A fixture for Playwright's test runner: HubSpot's side of calling, with the app under test in it.
import { existsSync, readFileSync } from "node:fs";
import { test as base, expect, type FrameLocator, type Page, type TestInfo } from "@playwright/test";
import { toMermaid } from "../dom/mermaid.ts";
import { isLoopback } from "../http/loopback.ts";
import type { Message } from "../simulator/calls/message.ts";
import type { Finding } from "../simulator/rules/finding.ts";
import type { RuleId } from "../simulator/rules/index.ts";
import type { How } from "../simulator/session/replies.ts";
import type { Hubspot } from "../simulator/ui/window-hubspot.ts";
import { browserArguments, findBrowser } from "./browser.ts";
import { startServer } from "./server.ts";

export { expect };

/** Where HubSpot frames the app. */
export interface Place {
  iframeLocation?: "widget" | "remote" | "window";
  usesCallingWindow?: boolean;
}

/** What stands under "Session" on the simulator's page. `timeout` and `syncDelay` are milliseconds. */
export interface SessionOptions {
  portalId?: number;
  userId?: number;
  ownerId?: number;
  syncDelay?: number;
  timeout?: number;
  withoutOwner?: boolean;
  withoutUser?: boolean;
  twice?: boolean;
  sendsDeprecated?: boolean;
}

/** How messages of the app are answered, by their type, as OUTGOING_CALL_STARTED; `delay` is in milliseconds. */
export type Answers = Record<string, How | { how: How; delay?: number }>;

export interface HubspotOptions {
  /** The URL of the app under test; the calling app of this package, if absent. */
  app: string | undefined;
  place: Place;
  session: SessionOptions;
  answers: Answers;
}

type Method = {
  [Name in keyof Hubspot]: Hubspot[Name] extends (...given: never[]) => unknown ? Name : never;
}[keyof Hubspot];

/** What a person does in the app, by the type of the message that it sends then. */
export type Person = Record<string, (app: FrameLocator) => Promise<unknown>>;

/** window.hubspot of the simulator's page, and what a test needs beside it. */
export type HubspotFixture = {
  [Name in Exclude<Method, "replay">]: (
    ...given: Parameters<Hubspot[Name]>
  ) => Promise<Awaited<ReturnType<Hubspot[Name]>>>;
} & {
  readonly ready: Hubspot["ready"];
  readonly loggedIn: Hubspot["loggedIn"];
  /** As window.hubspot's; `person` has what is to be done in the app when a message is waited for. */
  replay(log: string, options?: { here?: boolean; timeout?: number; person?: Person }): ReturnType<Hubspot["replay"]>;
  /** The app, in its frame. */
  readonly app: FrameLocator;
  /** The simulator's page. */
  readonly page: Page;
  /** HubSpot loads its page anew, as when its user goes to another record; resolves when the app is ready again. */
  reload(): Promise<void>;
  /** These rules the app is to break in this test: they do not fail it, but it fails when one was not broken. */
  expectFindings(rules: RuleId[]): void;
};

type WithWaits = Window & { hubspotWaits?: (type: string) => Promise<void> };

export const test = base.extend<HubspotOptions & { hubspot: HubspotFixture }, { hubspotServer: string }>({
  app: [undefined, { option: true }],
  place: [{}, { option: true }],
  session: [{}, { option: true }],
  answers: [{}, { option: true }],

  /** Storage is partitioned, as users have it. Without a browser of Playwright's own, one that is installed is used. */
  launchOptions: [
    async ({ launchOptions, playwright, browserName }, use, { project }) => {
      if (browserName !== "chromium") return use(launchOptions);
      const own = playwright.chromium.executablePath();
      const { executablePath, channel, args = [], headless = project.use.headless } = launchOptions;
      const isChosen = executablePath !== undefined || channel !== undefined;
      const found =
        isChosen || (existsSync(own) && !process.env.CHROMIUM_PATH) ? undefined : findBrowser(own, headless === false);
      await use({
        ...launchOptions,
        args: [...browserArguments, ...args],
        ...(found !== undefined && { executablePath: found }),
      });
    },
    { scope: "worker" },
  ],

  hubspotServer: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what the fixture needs.
    async ({}, use) => {
      const server = await startServer();
      await use(server.simulator);
      await server.close();
    },
    { scope: "worker" },
  ],

  /** A certificate of this machine's own is trusted or not by the users' browsers, not by this one. */
  ignoreHTTPSErrors: async ({ app, ignoreHTTPSErrors }, use) => {
    await use(ignoreHTTPSErrors || (app !== undefined && isLoopback(hostOf(app))));
  },

  hubspot: async ({ page, hubspotServer, app, place, session, answers }, use, testInfo) => {
    const framed = app === undefined ? undefined : framedAs(app);
    const fields = Object.entries({ timeout: 10_000, ...session, ...place, ...(framed && { app: framed }) });
    const address = new URLSearchParams(fields.map(([name, value]) => [name, `${value}`]));
    await page.goto(`${hubspotServer}?${address}`, { waitUntil: "domcontentloaded" });
    for (const [type, answer] of Object.entries(answers)) {
      const { how, delay = 0 } = typeof answer === "string" ? { how: answer } : answer;
      await page.evaluate((given) => window.hubspot.answer(...given), [type, how, delay] satisfies [
        string,
        How,
        number,
      ]);
    }
    // Of an app of another machine the simulator asks first.
    if (framed !== undefined && !isLoopback(hostOf(framed))) await page.locator("#goOn").click();
    await page.evaluate(() => window.hubspot.ready);

    const expected = new Set<RuleId>();
    const told: Told = { messages: [], findings: [] };
    await use(fixtureOf(page, told, expected));
    await take(told, page, () => window.hubspot.close());
    await attach(testInfo, told);
    complain(told.findings, expected);
  },
});

/** By 127.0.0.1 it would be of the simulator's own site. */
function framedAs(app: string): string {
  if (!/^https?:\/\//i.test(app) || !URL.canParse(app)) {
    throw new Error(`app: "${app}" is no URL of a calling app: write http://… or https://…`);
  }
  const address = new URL(app);
  if (address.hostname === "127.0.0.1") address.hostname = "localhost";
  return address.href;
}

const hostOf = (url: string) => (URL.canParse(url) ? new URL(url).hostname : "");

/** What the pages of one test have told so far. */
type Told = { messages: Message[]; findings: Finding[] };

/** Takes what the page has before it goes; its findings are about messages of its own. */
async function take(told: Told, page: Page, findings: () => Finding[] | Promise<Finding[]>): Promise<void> {
  const before = told.messages.length;
  for (const finding of await page.evaluate(findings)) {
    const { about } = finding;
    told.findings.push({ ...finding, ...(about !== undefined && { about: about + before }) });
  }
  told.messages.push(...(await page.evaluate(() => window.hubspot.messages())));
}

function fixtureOf(page: Page, told: Told, expected: Set<RuleId>): HubspotFixture {
  const app = page.frameLocator("#frame iframe");
  const replaying = openReplaying(page, app);
  return {
    app,
    page,
    get ready() {
      return page.evaluate(() => window.hubspot.ready);
    },
    get loggedIn() {
      return page.evaluate(() => window.hubspot.loggedIn);
    },
    dial: (call) => page.evaluate((given) => window.hubspot.dial(given), call),
    close: () => page.evaluate(() => window.hubspot.close()),
    clear: (what) => page.evaluate((given) => window.hubspot.clear(given), what),
    send: (...given) => page.evaluate(([type, data]) => window.hubspot.send(type, data), given),
    answer: (...given) => page.evaluate((all) => window.hubspot.answer(...all), given),
    waitFor: (...given) => page.evaluate((all) => window.hubspot.waitFor(...all), given),
    messages: () => page.evaluate(() => window.hubspot.messages()),
    engagements: () => page.evaluate(() => window.hubspot.engagements()),
    findings: () => page.evaluate(() => window.hubspot.findings()),
    replay: replaying,
    async reload() {
      await take(told, page, () => window.hubspot.findings());
      await page.reload({ waitUntil: "domcontentloaded" });
      await page.evaluate(() => window.hubspot.ready);
    },
    expectFindings(rules) {
      for (const rule of rules) expected.add(rule);
    },
  };
}

function openReplaying(page: Page, app: FrameLocator): HubspotFixture["replay"] {
  let hands: Person | undefined;
  let failed: unknown;
  return async (log, { person = {}, ...options } = {}) => {
    const isFirst = hands === undefined;
    hands = person;
    failed = undefined;
    if (isFirst) {
      await page.exposeFunction("hubspotWaits", async (type: string) => {
        try {
          await hands?.[type]?.(app);
        } catch (error) {
          failed ??= error;
        }
      });
    }
    const differences = await page.evaluate(
      (given) => {
        const { hubspotWaits }: WithWaits = window;
        return window.hubspot.replay(given.log, {
          ...given.options,
          waits: (type) => void hubspotWaits?.(type),
        });
      },
      { log, options },
    );
    if (failed) throw failed;
    return differences;
  };
}

/** The log as the simulator's page downloads it, and its sequence as a Mermaid diagram. */
async function attach(testInfo: TestInfo, { messages, findings }: Told): Promise<void> {
  const lines = messages.map(({ at, from, type, data }) => ({ at, direction: directions[from], type, data }));
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await testInfo.attach("hubspot-log.jsonl", { body, contentType: "application/jsonl" });
  const steps = lines.map(({ direction, type }, index) => {
    const about = findings.filter((finding) => finding.about === index);
    return { direction, type, notes: about.map(({ rule, message }) => `${rule}: ${message}`) };
  });
  await testInfo.attach("hubspot-sequence.mmd", { body: toMermaid(steps), contentType: "text/plain" });
}

const directions = { app: "out", hubspot: "in" } as const;

/** @throws an Error with a line for each error that no test has expected, and each rule that was expected in vain. */
function complain(findings: Finding[], expected: Set<RuleId>): void {
  const errors = findings.filter(({ rule, severity }) => severity === "error" && !expected.has(rule));
  const inVain = [...expected].filter((rule) => !findings.some((finding) => finding.rule === rule));
  const lines = [
    ...errors.map(({ rule, message, remedy, reference }) => `${rule}: ${message}\n  ${remedy}\n  ${reference}`),
    ...inVain.map((rule) => `${rule}: was expected, and was not found`),
  ];
  if (lines.length > 0) throw new Error(`The calling app breaks the protocol:\n${lines.join("\n")}`);
}

/**
 * A test that plays a downloaded log: HubSpot's events are sent anew, and what the app sends must be as it was then. It is
 * what `test` takes: `test("a call as it was", recordedCall("call.jsonl"))`.
 * @param file the log, of the simulator's page or of the calling app's
 * @param options `person` does what a person did then, by the type of the message that came of it; `timeout`
 * (milliseconds, 10,000 by default) is how long each message is waited for
 */
export function recordedCall(file: string, options: { person?: Person; timeout?: number } = {}) {
  return async ({ hubspot }: { hubspot: HubspotFixture }): Promise<void> => {
    const differences = await hubspot.replay(readFileSync(file, "utf8"), options);
    expect(differences, "what the app sends is as it was").toEqual([]);
  };
}

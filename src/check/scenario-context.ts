// Each scenario loads the simulator and the app in a separate browser context.
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Frame, Page } from "playwright-core";
import { firstLine } from "../http/error-text.ts";
import { isLoopback } from "../http/loopback.ts";
import type { Message } from "../simulator/calls/message.ts";
import type { Finding as SimulatorFinding } from "../simulator/rules/finding.ts";
import { type Finding, finding, type RuleId } from "./findings.ts";
import { PageHistory } from "./page-history.ts";
import type { Evidence } from "./report.ts";
import { withTimeLimit } from "./time-limit.ts";
import type { UserActionName, UserActions } from "./user-actions.ts";

export type RunnerOptions = {
  browser: Browser;
  simulator: string;
  /** The app's URL as the simulator loads it. */
  app: string;
  timeoutMs: number;
  userActions: UserActions;
  takesPictures: boolean;
  /** Runs before the page loads the app. */
  prepare(page: Page): Promise<void>;
};

/** Generous, because the machine may be busy. */
const simulatorTimeoutMs = 60_000;
/** The app is quiet if it sends no message for this long. */
const quietMs = 300;

export async function openScenarioContext(options: RunnerOptions): Promise<ScenarioContext> {
  const context = await options.browser.newContext({
    viewport: { width: 1280, height: 900 },
    // The user's browser may trust the local certificate even if this browser does not.
    ignoreHTTPSErrors: isLoopback(new URL(options.app).hostname),
  });
  context.setDefaultTimeout(options.timeoutMs);
  context.setDefaultNavigationTimeout(Math.max(options.timeoutMs, simulatorTimeoutMs));
  return new ScenarioContext(await context.newPage(), options);
}

export class ScenarioContext {
  readonly page: Page;
  readonly timeoutMs: number;
  readonly userActions: UserActions;
  readonly findings: Finding[] = [];
  /** Simulator rules that would only report consequences of an earlier finding. */
  readonly ignoredRules: string[] = [];
  readonly #options: RunnerOptions;
  readonly #history: PageHistory;
  readonly #console: string[] = [];
  /** What the check is doing, for findings about errors that the app throws. */
  #activity = "";
  #frame: Frame | undefined;
  #picture: Buffer | undefined;

  constructor(page: Page, options: RunnerOptions) {
    this.page = page;
    this.timeoutMs = options.timeoutMs;
    this.userActions = options.userActions;
    this.#options = options;
    this.#history = new PageHistory(page);
    this.#watch();
  }

  #watch(): void {
    const { simulator, app } = this.#options;
    const isInSimulator = (location: string) => location.includes(simulator) && !location.includes(new URL(app).origin);
    this.page.on("pageerror", ({ message, stack = "" }) => {
      if (isInSimulator(stack))
        this.report("scenario-aborted", `error in the simulator's page: ${message}`, this.#activity);
      else this.report("uncaught", message, this.#activity);
    });
    this.page.on("console", (message) => {
      if (!isInSimulator(message.location().url)) this.#console.push(`${message.type()}: ${message.text()}`);
    });
    // During a call, the simulator asks for confirmation before the user leaves the page.
    this.page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));
  }

  /** @param parameters query parameters for the simulator's page, for example `{ iframeLocation: "remote" }` */
  async load(parameters: Record<string, string> = {}): Promise<void> {
    const { app, simulator, prepare } = this.#options;
    await prepare(this.page);
    const query = new URLSearchParams({ app, timeout: `${this.timeoutMs}`, ...parameters });
    await this.whileDoing("while the app loads", () =>
      this.page.goto(`${simulator}/?${query}`, { waitUntil: "domcontentloaded" }),
    );
    // The simulator opens a confirm dialog before it loads an app from another machine.
    if (!isLoopback(new URL(app).hostname)) await this.page.locator("#goOn").click();
  }

  /** Reloads the whole page, as HubSpot does when the user opens another record. */
  async reload(): Promise<void> {
    await this.#history.keep();
    await this.whileDoing("after HubSpot reloaded the page", () => this.page.reload({ waitUntil: "domcontentloaded" }));
  }

  /** If the app throws an error during the activity, the finding names the activity. */
  async whileDoing<T>(activity: string, act: () => Promise<T>): Promise<T> {
    this.#activity = activity;
    return act();
  }

  /** @param activity what HubSpot or the user did, if the message needs it */
  report(rule: RuleId, message: string, activity?: string): void {
    const found = finding(rule, message, activity);
    const isKnown = this.findings.some((other) => other.rule === rule && other.message === found.message);
    if (!isKnown) this.findings.push(found);
  }

  /** Waits until the app has answered SYNC and sent INITIALIZED. If it returns false, end the scenario. */
  async waitUntilReady(): Promise<boolean> {
    const readiness = this.page.evaluate(() =>
      window.hubspot.ready.then(
        () => "",
        (error: Error) => error.message,
      ),
    );
    // The simulator applies its time limit twice: first to SYNC, then to INITIALIZED.
    const problem = await withTimeLimit(2 * this.timeoutMs + 1000, readiness).catch(
      () => `the app was not ready within ${this.timeoutMs} ms`,
    );
    if (problem) this.report("not-ready", problem);
    return problem === "";
  }

  async messages(from: Message["from"]): Promise<Message[]> {
    return (await this.#history.allMessages()).filter((message) => message.from === from);
  }

  async appMessageCount(): Promise<number> {
    return (await this.messages("app")).length;
  }

  /** @param after how many of the app's messages to skip */
  async waitForMessage(type: string, after: number, timeoutMs = this.timeoutMs): Promise<Message | undefined> {
    for (const end = performance.now() + timeoutMs; ; await sleep(50)) {
      const match = (await this.messages("app")).slice(after).find((message) => message.type === type);
      if (match || performance.now() > end) return match;
    }
  }

  async waitUntilQuiet(): Promise<void> {
    for (let before = -1; ; ) {
      const count = await this.appMessageCount();
      if (count === before) return;
      before = count;
      await sleep(quietMs);
    }
  }

  async appFrame(): Promise<Frame> {
    if (!this.#frame || this.#frame.isDetached()) {
      this.#frame = this.page.mainFrame().childFrames()[0] ?? (await this.page.waitForEvent("frameattached"));
    }
    return this.#frame;
  }

  /** Sends an event from HubSpot and waits until the app's page has handled it. */
  async sendEvent(type: string, data: unknown, label: string = type): Promise<void> {
    await this.whileDoing(`on ${label}`, () =>
      this.page.evaluate(([name, payload]) => window.hubspot.send(String(name), payload), [type, data]),
    );
    const frame = await this.appFrame();
    const turn = frame.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    await withTimeLimit(this.timeoutMs, turn).catch(() => {
      this.report("not-ready", "the app's page stopped responding", `on ${label}`);
    });
  }

  /** Runs the user action if the file exports it. If it fails, reports a finding and returns false. */
  async perform(name: UserActionName): Promise<boolean> {
    const action = this.userActions[name];
    if (!action) return true;
    const app = this.page.frameLocator("#frame iframe");
    try {
      await this.whileDoing(`in the user action ${name}`, () =>
        withTimeLimit(this.timeoutMs, Promise.resolve(app).then(action)),
      );
      return true;
    } catch (error) {
      this.report("user-action-failed", `${name}: ${firstLine(error)}`);
      return false;
    }
  }

  async takePicture(): Promise<void> {
    if (!this.#options.takesPictures) return;
    const iframe = this.page.locator("#frame iframe");
    // Playwright cannot capture a hidden widget, so keep the previous screenshot.
    this.#picture = await iframe.screenshot({ type: "jpeg", quality: 70, timeout: 2000 }).catch(() => this.#picture);
  }

  /** @returns the simulator's findings */
  async end(): Promise<SimulatorFinding[]> {
    await this.takePicture();
    await this.whileDoing("while the session closes", () => this.#history.close());
    return this.#history.findings;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  get evidence(): Evidence {
    return { messages: this.#history.messages, console: this.#console, picture: this.#picture };
  }
}

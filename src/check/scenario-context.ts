// What a scenario works with: the simulator's page with the app in it, in a browser context that no other scenario shares.
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

/** What all scenarios of one check have in common. */
export type RunnerOptions = {
  browser: Browser;
  /** Origin of the simulator. */
  simulator: string;
  /** The app's URL, as the simulator loads it. */
  app: string;
  /** How long the app may take for each thing that it has to do. */
  timeoutMs: number;
  userActions: UserActions;
  takesPictures: boolean;
  /** Changes what the page loads, where the app would otherwise not be framed at all. */
  prepare(page: Page): Promise<void>;
};

/** For the simulator's own page, on however busy a machine. */
const simulatorTimeoutMs = 60_000;
/** Without a message for so long, the app counts as done. */
const quietMs = 300;

/** Opens an empty page; `load` loads the simulator and the app. */
export async function openScenarioContext(options: RunnerOptions): Promise<ScenarioContext> {
  const context = await options.browser.newContext({
    viewport: { width: 1280, height: 900 },
    // Whether a certificate of this machine is trusted depends on the user's browser, not on this one.
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
  /** Rules of the simulator whose findings only follow from one that is reported already. */
  readonly ignoredRules: string[] = [];
  readonly #options: RunnerOptions;
  readonly #history: PageHistory;
  readonly #console: string[] = [];
  /** What was going on when the app throws an error. */
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
    const isOfSimulator = (where: string) => where.includes(simulator) && !where.includes(new URL(app).origin);
    this.page.on("pageerror", ({ message, stack = "" }) => {
      if (isOfSimulator(stack))
        this.report("scenario-aborted", `${this.#activity}, in the simulator's own page: ${message}`);
      else this.report("uncaught", `${this.#activity}: ${message}`);
    });
    this.page.on("console", (message) => {
      if (!isOfSimulator(message.location().url)) this.#console.push(`${message.type()}: ${message.text()}`);
    });
    // The simulator asks for confirmation before it leaves a running call.
    this.page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));
  }

  /** Loads the simulator and the app. Parameters are the simulator's own, as `iframeLocation=remote`. */
  async load(parameters: Record<string, string> = {}): Promise<void> {
    const { app, simulator, prepare } = this.#options;
    await prepare(this.page);
    const query = new URLSearchParams({ app, timeout: `${this.timeoutMs}`, ...parameters });
    await this.whileDoing("while it loads", () =>
      this.page.goto(`${simulator}/?${query}`, { waitUntil: "domcontentloaded" }),
    );
    // The simulator asks for confirmation before it loads an app from another machine.
    if (!isLoopback(new URL(app).hostname)) await this.page.locator("#goOn").click();
  }

  /** Reloads the whole page, as HubSpot does when its user opens another record. */
  async reload(): Promise<void> {
    await this.#history.keep();
    await this.whileDoing("after HubSpot reloaded its page", () => this.page.reload({ waitUntil: "domcontentloaded" }));
  }

  /** Names what goes on, for the report of an error that the app throws meanwhile. */
  async whileDoing<T>(activity: string, act: () => Promise<T>): Promise<T> {
    this.#activity = activity;
    return act();
  }

  report(rule: RuleId, message: string): void {
    const isKnown = this.findings.some((other) => other.rule === rule && other.message === message);
    if (!isKnown) this.findings.push(finding(rule, message));
  }

  /** Waits until the app has answered SYNC and sent INITIALIZED; without that, the scenario cannot go on. */
  async waitUntilReady(): Promise<boolean> {
    const readiness = this.page.evaluate(() =>
      window.hubspot.ready.then(
        () => "",
        (error: Error) => error.message,
      ),
    );
    // The simulator's own limit is for SYNC, and then again for initialized.
    const problem = await withTimeLimit(2 * this.timeoutMs + 1000, readiness).catch(
      () => `it was not ready within ${this.timeoutMs} ms`,
    );
    if (problem) this.report("not-ready", problem);
    return problem === "";
  }

  /** All messages so far from one side, including those before a reload. */
  async messages(from: Message["from"]): Promise<Message[]> {
    return (await this.#history.allMessages()).filter((message) => message.from === from);
  }

  async appMessageCount(): Promise<number> {
    return (await this.messages("app")).length;
  }

  /** Waits for a message of the app, behind the first `after` of them. */
  async waitForMessage(type: string, after: number, timeoutMs = this.timeoutMs): Promise<Message | undefined> {
    for (const end = performance.now() + timeoutMs; ; await sleep(50)) {
      const match = (await this.messages("app")).slice(after).find((message) => message.type === type);
      if (match || performance.now() > end) return match;
    }
  }

  /** Waits until the app has sent nothing for a while. */
  async waitUntilQuiet(): Promise<void> {
    for (let before = -1; ; ) {
      const count = await this.appMessageCount();
      if (count === before) return;
      before = count;
      await sleep(quietMs);
    }
  }

  /** The app's frame, the only one in the simulator's page. */
  async appFrame(): Promise<Frame> {
    if (!this.#frame || this.#frame.isDetached()) {
      this.#frame = this.page.mainFrame().childFrames()[0] ?? (await this.page.waitForEvent("frameattached"));
    }
    return this.#frame;
  }

  /** Sends an event of HubSpot, and waits until the app's page has had time to handle it. */
  async sendEvent(type: string, data: unknown, label: string = type): Promise<void> {
    await this.whileDoing(`on ${label}`, () =>
      this.page.evaluate(([name, payload]) => window.hubspot.send(String(name), payload), [type, data]),
    );
    const frame = await this.appFrame();
    const turn = frame.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
    await withTimeLimit(this.timeoutMs, turn).catch(() => {
      this.report("not-ready", `on ${label}: the app's page does not run any more`);
    });
  }

  /** Does what a person does, where there is a user action for it. Gives whether it worked; if not, reports it. */
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
    // A hidden widget has no picture: the last one stays.
    this.#picture = await iframe.screenshot({ type: "jpeg", quality: 70, timeout: 2000 }).catch(() => this.#picture);
  }

  /** Closes the session. Gives the simulator's findings. */
  async end(): Promise<SimulatorFinding[]> {
    await this.takePicture();
    await this.whileDoing("when its session is closed", () => this.#history.close());
    return this.#history.findings;
  }

  close(): Promise<void> {
    return this.page.context().close();
  }

  /** What the HTML report shows of the scenario. */
  get evidence(): Evidence {
    return { messages: this.#history.messages, console: this.#console, picture: this.#picture };
  }
}

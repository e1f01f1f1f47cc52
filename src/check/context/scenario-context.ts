// Each scenario loads the simulator and the app in its own browser context. Every wait has a time limit.
import type { Frame, FrameLocator, Page } from "@playwright/test";
import { isLoopback } from "../../http/loopback.ts";
import { fullNameOf } from "../../protocol/sdk-name.ts";
import type { Message } from "../../simulator/calls/message.ts";
import type { Finding as SimulatorFinding } from "../../simulator/rules/finding.ts";
import { sendAndProbe, waitForProbe } from "../browser/app-probe.ts";
import { Camera } from "../browser/camera.ts";
import { PageHistory } from "../browser/page-history.ts";
import { repeatedType, waitForAppMessage, waitForSilence } from "../browser/page-messages.ts";
import { watchPage } from "../browser/page-watch.ts";
import { TimeLimitError, withTimeLimit } from "../browser/time-limit.ts";
import { atLoad, inUserAction } from "../browser/uncaught.ts";
import { type Finding, finding, type Override, type RuleId } from "../report/findings.ts";
import type { Evidence } from "../report/report.ts";
import type { RunnerOptions } from "./runner-options.ts";
import { ScenarioStopped, SimulatorBlocked } from "./scenario-errors.ts";
import { runUserAction } from "./user-action-run.ts";
import type { UserActionName, UserActions } from "./user-actions.ts";

/** The app is quiet if it sends no message for this long. */
const quietMs = 300;
const maxNoiseMs = 2000;
const evidenceTimeoutMs = 3000;
/** A responsive page needs much less time. */
const probeMs = 2000;

type EventOptions = { label?: string; uncaught?: Override };

export class ScenarioContext {
  readonly page: Page;
  readonly timeoutMs: number;
  readonly userActions: UserActions;
  readonly findings: Finding[] = [];
  /** Simulator rules to ignore, in addition to the scenario's own `ignoresRules`. */
  readonly ignoredRules: string[] = [];
  /** Rejects when the browser or the app makes it impossible to continue. */
  readonly stopped: Promise<never>;
  readonly #options: RunnerOptions;
  readonly #history: PageHistory;
  readonly #console: string[] = [];
  /** What the check is doing, for findings about errors that the app throws. */
  #activity = "";
  #uncaught: Override = {};
  /** Screenshots of the app, or undefined if no report contains them. */
  readonly camera: Camera | undefined;
  /** The type of the message that the app sends repeatedly. Such an app never becomes quiet, so later waits are short. */
  #repeated: string | undefined;
  #clock: Page["clock"] | undefined;
  #isClosed: boolean = false;

  constructor(page: Page, options: RunnerOptions) {
    this.page = page;
    this.timeoutMs = options.timeoutMs;
    this.userActions = options.userActions;
    this.#options = options;
    this.#history = new PageHistory(page);
    this.camera = options.takesPictures ? new Camera(page.locator("#frame iframe")) : undefined;
    this.stopped = new Promise((_, reject) => {
      watchPage(page, options, {
        report: (rule, message, override) =>
          this.report(rule, message, this.#activity, rule === "uncaught" ? this.#uncaught : override),
        print: (line) => this.#console.push(line),
        stop: (rule, message, override) => {
          if (!this.#isClosed) this.report(rule, message, this.#activity, override);
          reject(new ScenarioStopped(message));
        },
      });
    });
    this.stopped.catch(() => {}); // The runner handles the rejection, but may attach its handler later.
  }

  get activity(): string {
    return this.#activity;
  }

  /** Call this before `load` if you call `letTimePass` later. */
  async installClock(): Promise<void> {
    await this.page.clock.install();
    this.#clock = this.page.clock;
  }

  /** Advances the pages' clocks, and runs the timers that are due. Does nothing without `installClock`. */
  async letTimePass(ms: number): Promise<void> {
    await this.#within(Promise.resolve(this.#clock?.runFor(ms)));
  }

  /** @param parameters query parameters for the simulator's page, for example `{ iframeLocation: "remote" }` */
  async load(parameters: Record<string, string> = {}): Promise<void> {
    const { app, simulator, prepare } = this.#options;
    await prepare(this.page);
    const query = new URLSearchParams({ app, timeout: `${this.timeoutMs}`, ...parameters });
    this.#begin("while the app loads", atLoad);
    await this.page.goto(`${simulator}/?${query}`, { waitUntil: "domcontentloaded" });
    // The simulator opens a confirm dialog before it loads an app from another machine.
    if (!isLoopback(new URL(app).hostname)) await this.page.locator("#goOn").click();
  }

  /** Reloads the whole page, as HubSpot does when the user opens another record. */
  async reload(): Promise<void> {
    await this.#within(this.#history.keep());
    this.#begin("after HubSpot reloaded the page", atLoad);
    await this.page.reload({ waitUntil: "domcontentloaded" });
  }

  /**
   * Calls `act`, and waits until the app has handled all of HubSpot's messages. If the app throws an error in the meantime,
   * the finding names the activity.
   * @param uncaught fields for that finding, which replace the rule's values
   */
  async whileDoing<T>(activity: string, act: () => Promise<T>, uncaught?: Override): Promise<T> {
    this.#begin(activity, uncaught);
    const result = await this.#within(act());
    await this.#waitUntilHandled();
    return result;
  }

  #begin(activity: string, uncaught: Override = {}): void {
    this.#activity = activity;
    this.#uncaught = uncaught;
  }

  async #waitUntilHandled(): Promise<void> {
    if (!(await this.#within(waitForProbe(this.page, this.timeoutMs)))) this.#stopWithoutResponse(this.timeoutMs);
    await this.#waitForErrors();
  }

  /** Waits until the browser has reported the errors that the app has thrown so far. */
  async #waitForErrors(): Promise<void> {
    // If the app shares the simulator's process, the browser reports the app's errors before the result of the probe.
    if (!this.#options.isIsolated) return;
    // Otherwise, the browser reports them before the result of a later script. This script can fail, because the page may be
    // reloading.
    await withTimeLimit(this.timeoutMs, Promise.resolve(this.appFrame()?.evaluate("0"))).catch(() => {});
  }

  #stopWithoutResponse(afterMs: number): never {
    return this.stop("not-responding", `the app's page did not respond within ${afterMs} ms`, this.#activity);
  }

  /** @throws {ScenarioStopped | SimulatorBlocked} if the simulator's page does not respond */
  async #within<T>(inSimulator: Promise<T>): Promise<T> {
    const { isIsolated, limits } = this.#options;
    const timeoutMs = this.timeoutMs + (isIsolated ? limits.isolatedMs : limits.sharedMs);
    return withTimeLimit(timeoutMs, inSimulator).catch((error: unknown) => {
      if (!(error instanceof TimeLimitError)) throw error;
      if (!isIsolated) throw new SimulatorBlocked();
      return this.stop(
        "scenario-aborted",
        "the simulator's page did not respond; maybe the app sends it too many messages",
        this.#activity,
      );
    });
  }

  /** @param activity what HubSpot or the user did, if the message must name it */
  report(rule: RuleId, message: string, activity?: string, override?: Override): void {
    const found = finding(rule, message, activity, override);
    const isKnown = this.findings.some((other) => other.rule === rule && other.message === found.message);
    if (!isKnown) this.findings.push(found);
  }

  /** Ends the scenario with a finding. */
  stop(rule: RuleId, message: string, activity?: string): never {
    this.report(rule, message, activity);
    throw new ScenarioStopped(message);
  }

  /**
   * Waits until the app is ready. If the app is not ready in time, reports a finding and returns false, and the caller must end
   * the scenario.
   */
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
    if (problem && !(await this.#within(waitForProbe(this.page, probeMs)))) this.#stopWithoutResponse(probeMs);
    if (problem) this.report((await this.#hasMoved()) ? "page-moved" : "not-ready", problem);
    return problem === "";
  }

  #hasMoved(): Promise<boolean> {
    return this.page
      .evaluate(() => window.hubspot.findings().some(({ rule }) => rule === "page-moved"))
      .catch(() => false);
  }

  async messages(from: Message["from"]): Promise<Message[]> {
    return (await this.#within(this.#history.allMessages())).filter((message) => message.from === from);
  }

  async appMessageCount(): Promise<number> {
    return this.#within(this.#history.count("app"));
  }

  /** @param after the number of the app's messages to skip */
  waitForMessage(type: string, after: number, timeoutMs = this.timeoutMs): Promise<Message | undefined> {
    const onThisPage = after - this.#history.messages.filter(({ from }) => from === "app").length;
    return this.#within(waitForAppMessage(this.page, type, Math.max(0, onThisPage), timeoutMs));
  }

  /** The type of the message that the app sends repeatedly, if `waitUntilQuiet` detected such a message. */
  get repeatedMessage(): string | undefined {
    return this.#repeated;
  }

  async waitUntilQuiet(): Promise<void> {
    const noise = await this.#within(waitForSilence(this.page, quietMs, this.#repeated ? quietMs : maxNoiseMs));
    const type = noise && repeatedType(noise);
    if (type === undefined) return;
    this.#repeated = type;
    this.report("never-quiet", `the app sends ${fullNameOf("app", type)} again and again`);
  }

  /** Waits until the app is quiet and ready. The app may have been reloaded in the meantime. */
  async waitUntilSettled(): Promise<void> {
    await this.waitUntilQuiet();
    await this.waitUntilReady();
  }

  /** Returns the app's frame, which may still be loading. */
  appFrame(): Frame | undefined {
    return this.page
      .mainFrame()
      .childFrames()
      .findLast((frame) => frame.name() !== "untrusted");
  }

  /** Sends an event from HubSpot when the app is ready, and waits until the app has handled it. */
  async sendEvent(type: string, data: unknown, { label = type, uncaught }: EventOptions = {}): Promise<void> {
    const before = { activity: this.#activity, uncaught: this.#uncaught };
    const send = (isReady: boolean) => {
      this.#begin(`on ${label}`, uncaught);
      return this.#within(sendAndProbe(this.page, { type, data }, isReady, this.timeoutMs));
    };
    let delivery = await send(false);
    if (delivery === "not ready") {
      // The app may have made HubSpot reload it.
      this.#begin(before.activity, before.uncaught);
      if (!(await this.waitUntilReady())) throw new ScenarioStopped("the app was not ready");
      delivery = await send(true);
    }
    if (delivery === "not handled") this.#stopWithoutResponse(this.timeoutMs);
    await this.#waitForErrors();
  }

  /** Runs the user action if the file exports it. If the action fails, reports a finding and returns false. */
  async perform(name: UserActionName): Promise<boolean> {
    const problem = await this.tryAction(name);
    if (problem !== undefined) this.report("user-action-failed", `${name}: ${problem}`);
    return problem === undefined;
  }

  /** Runs the user action if the file exports it. If the action fails, takes a screenshot and returns the reason. */
  async tryAction(
    name: UserActionName,
    waitUntilTooLate?: (app: FrameLocator) => Promise<unknown>,
  ): Promise<string | undefined> {
    const action = this.userActions[name];
    if (!action) return undefined;
    const app = this.page.frameLocator("#frame iframe");
    const problem = await this.whileDoing(
      `in the user action ${name}`,
      () => runUserAction(action, app, this.timeoutMs, waitUntilTooLate?.(app)),
      inUserAction,
    );
    if (problem !== undefined) {
      await this.camera?.take();
      this.camera?.stop();
    }
    return problem;
  }

  /** Takes a screenshot, closes the session, and returns the simulator's findings. */
  async end(): Promise<SimulatorFinding[]> {
    await this.camera?.take();
    this.#begin("while the session closes");
    await this.#within(this.#history.close());
    return this.#history.findings;
  }

  /** Collects the messages and findings of an interrupted scenario if the simulator's page still responds. */
  async salvage(): Promise<SimulatorFinding[]> {
    await withTimeLimit(evidenceTimeoutMs, this.#history.keep()).catch(() => {});
    return this.#history.findings;
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    await withTimeLimit(evidenceTimeoutMs, this.page.context().close()).catch(() => {});
  }

  get evidence(): Evidence {
    return { messages: this.#history.messages, console: this.#console, picture: this.camera?.picture };
  }
}

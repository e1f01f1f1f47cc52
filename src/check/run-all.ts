import { availableParallelism } from "node:os";
import { sdkTraitsOf } from "../simulator/rules/sdk-traits.ts";
import type { Browsers } from "./browser/browsers.ts";
import { scenarioLimitMs } from "./context/limits.ts";
import type { RunnerOptions } from "./context/runner-options.ts";
import { finding } from "./report/findings.ts";
import { outcomeOf, type ScenarioRun } from "./report/report.ts";
import { notTried, type Outcome, runScenario } from "./run-scenario.ts";
import { firstHandshake, handshake, parametersOf, places } from "./scenarios/handshake-scenarios.ts";
import type { AppTraits, Place, Scenario } from "./scenarios/scenario.ts";
import { whyNotTried } from "./why-not-tried.ts";

/** Up to four scenarios per processor, because scenarios mostly wait. With more, they would slow each other down. */
const maxConcurrent = Math.min(12, 4 * availableParallelism());

type Named = Pick<Scenario, "name" | "expectation">;
export type AllRuns = { sdkVersion: string; runs: ScenarioRun[] };

/** Checks one app: runs the first handshake, then the other scenarios. */
export class Runner {
  readonly #browsers: { shared: Browsers; isolated: Browsers };
  /** Isolation needs twice as many processes, so it starts only after the app has blocked the simulator. */
  #isIsolated: boolean = false;
  readonly #options: Omit<RunnerOptions, "isIsolated">;
  readonly #endsAt: number;
  readonly #onRun: (name: string) => void;
  readonly #app: AppTraits;

  /** @param endsAt the value of performance.now() at which the whole check must end */
  constructor(
    browsers: { shared: Browsers; isolated: Browsers },
    options: Omit<RunnerOptions, "isIsolated">,
    endsAt: number,
    onRun: (name: string) => void,
  ) {
    this.#browsers = browsers;
    this.#options = options;
    this.#endsAt = endsAt;
    this.#onRun = onRun;
    this.#app = {
      sdkVersion: "",
      readyAfterMs: 0,
      place: places[0],
      isReady: false,
      supportsInboundCalls: options.userActions.receiveCall !== undefined,
      logsInByItself: false,
      hasCalled: false,
    };
  }

  async run(scenarios: readonly Scenario[]): Promise<AllRuns> {
    const first = await this.#shakeHands();
    this.#onRun(first.name);
    const rest = this.#app.isReady
      ? await this.#runConcurrently(scenarios)
      : skip(scenarios, "the first handshake failed");
    const runs = this.#app.isReady && !this.#app.hasCalled ? this.#withoutCall(rest, scenarios) : rest;
    return { sdkVersion: this.#app.sdkVersion, runs: [first, ...runs] };
  }

  /**
   * Finds a place where the app becomes ready. Tries the widget first, and then the places that HubSpot uses only for apps that
   * support inbound calls.
   */
  async #shakeHands(): Promise<ScenarioRun> {
    const [widget, ...others] = places;
    const shake = async (place: Place) => (await this.#try(firstHandshake(this.#app, place))).run;
    const asWidget = await shake(widget);
    if (this.#app.isReady) return asWidget;
    const elsewhere = await Promise.all(others.map(async (place) => ({ place, run: await shake(place) })));
    return elsewhere.find(({ place }) => place === this.#app.place)?.run ?? asWidget;
  }

  async #runConcurrently(scenarios: readonly Scenario[]): Promise<ScenarioRun[]> {
    const runs: ScenarioRun[] = [];
    const queue = [...scenarios.entries()].toSorted(([, a], [, b]) => weightOf(b) - weightOf(a));
    const interrupted: typeof queue = [];
    const runQueue = async () => {
      for (let next = queue.shift(); next; next = queue.shift()) {
        const [index, scenario] = next;
        const { run, isBrowserLost } = await this.#tryInPlace(scenario);
        runs[index] = run;
        if (isBrowserLost) interrupted.push(next);
        else this.#onRun(scenario.name);
      }
    };
    await Promise.all(Array.from({ length: maxConcurrent }, runQueue));
    // One scenario may have crashed the browser that others shared. Each interrupted scenario runs again, alone.
    for (const [index, scenario] of interrupted) {
      runs[index] = (await this.#tryInPlace(scenario)).run;
      this.#onRun(scenario.name);
    }
    return runs;
  }

  async #tryInPlace(scenario: Scenario): Promise<Outcome> {
    const reason = whyNotTried(scenario, this.#options.userActions, this.#app);
    if (reason) return { run: notTried(scenario, reason) };
    const { place, sdkVersion } = this.#app;
    // An SDK without CREATE_ENGAGEMENT_SUCCEEDED can receive the engagementId only in the deprecated event.
    const deprecated = sdkTraitsOf(sdkVersion).hasTwoNumbers ? {} : { sendsDeprecated: "true" };
    return this.#try({ ...scenario, parameters: { ...parametersOf(place), ...deprecated, ...scenario.parameters } });
  }

  async #try(scenario: Scenario): Promise<Outcome> {
    const leftMs = this.#endsAt - performance.now();
    if (leftMs <= 0) return { run: tooLate(scenario) };
    const limitMs = Math.min(leftMs, scenarioLimitMs(this.#options.timeoutMs));
    const isIsolated = this.#isIsolated;
    const browsers = isIsolated ? this.#browsers.isolated : this.#browsers.shared;
    const outcome = await runScenario(browsers, scenario, { ...this.#options, isIsolated }, this.#app, limitMs);
    if (!outcome.isBlocked) return outcome;
    this.#isIsolated = true;
    return this.#try(scenario);
  }

  /** If there are user actions, but no call could be tried, reports this in the first scenario that includes a call. */
  #withoutCall(runs: ScenarioRun[], scenarios: readonly Scenario[]): ScenarioRun[] {
    const calls = runs.filter(({ name }) => scenarios.some((scenario) => scenario.needs && scenario.name === name));
    const [first] = calls;
    const isWithoutCall = calls.every(({ result }) => result === "not tried");
    if (!first || Object.keys(this.#options.userActions).length === 0 || !isWithoutCall) return runs;
    const message = `there are user actions, but no call could be tried: ${first.reason}`;
    return runs.map((run) => (run === first ? withFinding(run, "no-call-tried", message) : run));
  }
}

/** The longest scenarios start first, so that none of them runs alone at the end. */
const weightOf = ({ isLong, needs = [] }: Scenario) => (isLong ? 10 : needs.length);

const skip = (scenarios: readonly Named[], reason: string) => scenarios.map((scenario) => notTried(scenario, reason));

/** Returns the runs for an app whose headers prevent both the simulator and HubSpot from loading it. */
export const runNone = (scenarios: readonly Scenario[], reason: string): ScenarioRun[] =>
  skip([handshake, ...scenarios], reason);

function tooLate(scenario: Scenario): ScenarioRun {
  const reason = "the whole check reached its time limit";
  return withFinding(notTried(scenario, reason), "scenario-aborted", `not tried: ${reason}`);
}

function withFinding(run: ScenarioRun, rule: "no-call-tried" | "scenario-aborted", message: string): ScenarioRun {
  const findings = [...run.findings, finding(rule, message)];
  return { ...run, findings, result: outcomeOf(findings, run.reason) };
}

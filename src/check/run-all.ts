import { availableParallelism } from "node:os";
import type { Browser } from "playwright-core";
import { finding } from "./findings.ts";
import { firstHandshake, parametersOf, places } from "./handshake-scenarios.ts";
import { outcomeOf, type ScenarioRun } from "./report.ts";
import { notTried, runScenario } from "./run-scenario.ts";
import type { AppTraits, Scenario } from "./scenario.ts";
import type { RunnerOptions } from "./scenario-context.ts";
import { whyNotTried } from "./why-not-tried.ts";

/** Exceeds the number of processors, because scenarios mostly wait. */
const maxConcurrent = Math.min(8, availableParallelism() + 1);

export type AllRuns = { sdkVersion: string; runs: ScenarioRun[] };

/** @param isClosed whether the app's headers prevent every page from loading it, so that no scenario can run */
export async function runAll(
  scenarios: readonly Scenario[],
  browser: Browser,
  options: RunnerOptions,
  isClosed: boolean,
  onRun: (name: string) => void,
): Promise<AllRuns> {
  const [widget] = places;
  const app: AppTraits = {
    sdkVersion: "",
    readyAfterMs: 0,
    place: widget,
    isReady: false,
    supportsInboundCalls: options.userActions.receiveCall !== undefined,
    logsInByItself: false,
    hasCalled: false,
  };
  const skip = (skipped: readonly Scenario[], reason: string) => skipped.map((scenario) => notTried(scenario, reason));
  if (isClosed) {
    const reason = "the app cannot be loaded in an iframe";
    return { sdkVersion: "", runs: skip([firstHandshake(app, widget), ...scenarios], reason) };
  }
  const first = await shakeHands(browser, options, app);
  onRun(first.name);
  const rest = app.isReady
    ? await runConcurrently(scenarios, browser, options, app, onRun)
    : skip(scenarios, "the first handshake failed");
  return {
    sdkVersion: app.sdkVersion,
    runs: [first, ...(app.hasCalled ? rest : withoutCall(rest, scenarios, options))],
  };
}

/** Looks for a place where the app gets ready: first as a widget, then in the places of apps with inbound calls. */
async function shakeHands(browser: Browser, options: RunnerOptions, app: AppTraits): Promise<ScenarioRun> {
  const [widget, ...others] = places;
  const shake = (place: AppTraits["place"]) => runScenario(browser, firstHandshake(app, place), options, app);
  const asWidget = await shake(widget);
  if (app.isReady) return asWidget;
  const elsewhere = await Promise.all(others.map(async (place) => ({ place, run: await shake(place) })));
  return elsewhere.find(({ place }) => place === app.place)?.run ?? asWidget;
}

async function runConcurrently(
  scenarios: readonly Scenario[],
  browser: Browser,
  options: RunnerOptions,
  app: AppTraits,
  onRun: (name: string) => void,
): Promise<ScenarioRun[]> {
  const runs: ScenarioRun[] = [];
  const queue = [...scenarios.entries()];
  const runQueue = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, scenario] = next;
      const reason = whyNotTried(scenario, options.userActions, app);
      const inPlace = { ...scenario, parameters: { ...parametersOf(app.place), ...scenario.parameters } };
      runs[index] = reason ? notTried(scenario, reason) : await runScenario(browser, inPlace, options, app);
      onRun(scenario.name);
    }
  };
  await Promise.all(Array.from({ length: maxConcurrent }, runQueue));
  return runs;
}

/** User actions are there to try calls: if no call could be tried, the first scenario with a call fails. */
function withoutCall(
  runs: ScenarioRun[],
  scenarios: readonly Scenario[],
  { userActions }: RunnerOptions,
): ScenarioRun[] {
  const calls = runs.filter(({ name }) => scenarios.some((scenario) => scenario.needs && scenario.name === name));
  const [first] = calls;
  const isWithoutCall = calls.every(({ result }) => result === "not tried");
  if (!first || Object.keys(userActions).length === 0 || !isWithoutCall) return runs;
  const message = `there are user actions, but no call could be tried: ${first.reason}`;
  const findings = [...first.findings, finding("no-call-tried", message)];
  return runs.map((run) => (run === first ? { ...run, findings, result: outcomeOf(findings, run.reason) } : run));
}

// Runs the first handshake, then the other scenarios concurrently.
import { availableParallelism } from "node:os";
import type { Browser } from "playwright-core";
import { firstHandshake } from "./handshake-scenarios.ts";
import type { ScenarioRun } from "./report.ts";
import { notTried, runScenario } from "./run-scenario.ts";
import type { AppTraits, Scenario } from "./scenario.ts";
import type { RunnerOptions } from "./scenario-context.ts";
import type { UserActions } from "./user-actions.ts";

/** More than the number of processors, because scenarios mostly wait. */
const maxConcurrent = Math.min(8, availableParallelism() + 1);

export type AllRuns = { sdkVersion: string; runs: ScenarioRun[] };

/**
 * @param isClosed whether the app's headers block every iframe, so that no scenario can run
 * @param onRun called after each scenario
 */
export async function runAll(
  scenarios: readonly Scenario[],
  browser: Browser,
  options: RunnerOptions,
  isClosed: boolean,
  onRun: (name: string) => void,
): Promise<AllRuns> {
  const app: AppTraits = {
    sdkVersion: "",
    readyAfterMs: 0,
    supportsInboundCalls: options.userActions.receiveCall !== undefined,
  };
  const handshake = firstHandshake(app);
  const skip = (skipped: readonly Scenario[], reason: string) => skipped.map((scenario) => notTried(scenario, reason));
  if (isClosed) {
    return { sdkVersion: "", runs: skip([handshake, ...scenarios], "the app cannot be loaded in an iframe") };
  }

  const first = await runScenario(browser, handshake, options, app);
  onRun(handshake.name);
  const rest =
    first.result === "failed"
      ? skip(scenarios, "the first handshake failed")
      : await runConcurrently(scenarios, browser, options, app, onRun);
  return { sdkVersion: app.sdkVersion, runs: [first, ...rest] };
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
      runs[index] = reason ? notTried(scenario, reason) : await runScenario(browser, scenario, options, app);
      onRun(scenario.name);
    }
  };
  await Promise.all(Array.from({ length: maxConcurrent }, runQueue));
  return runs;
}

const noInboundCalls =
  "the app does not support inbound calls (it sends neither isAvailable nor userAvailable, and there is no user action " +
  "receiveCall), so HubSpot loads it only as a widget";

function whyNotTried(
  { needs, needsInbound }: Scenario,
  userActions: UserActions,
  { supportsInboundCalls }: AppTraits,
): string | undefined {
  const missing = needs?.find((name) => !userActions[name]);
  if (missing && Object.keys(userActions).length === 0) return "needs a --user-actions file";
  if (missing) return `needs ${missing} in the user actions file`;
  return needsInbound && !supportsInboundCalls ? noInboundCalls : undefined;
}

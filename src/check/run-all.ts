// The order of a check: the first handshake, then the other scenarios side by side.
import { availableParallelism } from "node:os";
import { firstHandshake } from "./handshake-scenarios.ts";
import type { ScenarioRun } from "./report.ts";
import { notTried, runScenario } from "./run-scenario.ts";
import type { AppTraits, Scenario } from "./scenario.ts";
import type { RunnerOptions } from "./scenario-context.ts";
import type { UserActions } from "./user-actions.ts";

/** More than there are processors: scenarios wait more than they work. */
const maxConcurrent = Math.min(8, availableParallelism() + 1);

export type AllRuns = { sdkVersion: string; runs: ScenarioRun[] };

/**
 * @param isClosed whether the app cannot be framed, so that nothing can be tried
 * @param onRun is called after each scenario
 */
export async function runAll(
  scenarios: readonly Scenario[],
  options: RunnerOptions,
  isClosed: boolean,
  onRun: (name: string) => void,
): Promise<AllRuns> {
  const app: AppTraits = {
    sdkVersion: "",
    readyAfterMs: 0,
    takesInboundCalls: options.userActions.receiveCall !== undefined,
  };
  const handshake = firstHandshake(app);
  const noneTried = (rest: readonly Scenario[], reason: string) => rest.map((scenario) => notTried(scenario, reason));
  if (isClosed) return { sdkVersion: "", runs: noneTried([handshake, ...scenarios], "the app cannot be framed") };

  const first = await runScenario(handshake, options, app);
  onRun(handshake.name);
  const rest =
    first.result === "failed"
      ? noneTried(scenarios, "the first handshake failed")
      : await runConcurrently(scenarios, options, app, onRun);
  return { sdkVersion: app.sdkVersion, runs: [first, ...rest] };
}

async function runConcurrently(
  scenarios: readonly Scenario[],
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
      runs[index] = reason ? notTried(scenario, reason) : await runScenario(scenario, options, app);
      onRun(scenario.name);
    }
  };
  await Promise.all(Array.from({ length: maxConcurrent }, runQueue));
  return runs;
}

const noInboundCalls =
  "the app says nothing of inbound calls (isAvailable, userAvailable, the user action receiveCall): HubSpot then loads " +
  "it only as a widget";

function whyNotTried(
  { needs, needsInbound }: Scenario,
  userActions: UserActions,
  { takesInboundCalls }: AppTraits,
): string | undefined {
  const missing = needs?.find((name) => !userActions[name]);
  if (missing && Object.keys(userActions).length === 0) return "no --user-actions file says what a person does";
  if (missing) return `the user actions have no ${missing}`;
  return needsInbound && !takesInboundCalls ? noInboundCalls : undefined;
}

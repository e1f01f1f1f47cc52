import { admitSimulator } from "./browser/admit-simulator.ts";
import { type CheckHost, openCheckHost } from "./browser/check-host.ts";
import { CookieJar } from "./browser/cookies.ts";
import { framingFindings, whyNotFramed } from "./browser/framing.ts";
import { type PageResponse, reachApp } from "./browser/reach-app.ts";
import { checkLimitMs, type SimulatorLimits, simulatorLimits } from "./context/limits.ts";
import type { RunnerOptions } from "./context/runner-options.ts";
import type { UserActions } from "./context/user-actions.ts";
import { relaxOtherMode } from "./modes.ts";
import { reportOf } from "./report/create-report.ts";
import type { Finding } from "./report/findings.ts";
import { outcomeOf, type Report, type ScenarioRun } from "./report/report.ts";
import { Runner, runNone } from "./run-all.ts";
import { scenarios } from "./scenarios/scenarios.ts";

export type CheckOptions = {
  url: string;
  pages: string;
  userActions?: UserActions;
  timeoutMs: number;
  strict?: boolean;
  headed?: boolean;
  /** Takes screenshots for the HTML report. */
  takesPictures?: boolean;
  /** Selects scenarios by name, except framing and the first handshake, which are always selected. Default: all scenarios. */
  only?: (name: string) => boolean;
  /** A host that other checks also use, and that the check does not close. By default, the check opens and closes a new host. */
  host?: CheckHost;
  limits?: SimulatorLimits;
  /** If this signal is aborted, the check closes its browsers and rejects. */
  signal?: AbortSignal;
  /** The check calls this after the app has responded, before any scenario. If the returned promise rejects, the check rejects. */
  onReached?: () => Promise<void>;
  onProgress?: (done: number, total: number, name: string) => void;
};

export const scenarioNames = ["framing", "handshake", ...scenarios.map(({ name }) => name)];

/**
 * Starts the simulator and a browser, and runs the scenarios.
 * @returns the report, and the runs with the evidence for the HTML report
 * @throws {UsageError} if no browser is found, or the app cannot be reached
 */
export async function check(options: CheckOptions): Promise<{ report: Report; runs: ScenarioRun[] }> {
  const started = performance.now();
  const { signal, strict = false } = options;
  const { app, response } = await reachApp(options.url, options.timeoutMs);
  signal?.throwIfAborted();
  await options.onReached?.();
  const host = options.host ?? (await openCheckHost(options));
  const stop = () => void host.closeBrowsers();
  signal?.addEventListener("abort", stop);
  try {
    await host.browsers.shared.get(); // Fails early if there is no browser.
    signal?.throwIfAborted();
    const endsAt = started + checkLimitMs(options.timeoutMs);
    const { sdkVersion, runs } = await runIn(host, endsAt, app, response, options);
    signal?.throwIfAborted();
    return { report: reportOf(app, sdkVersion, runs, strict, Math.round(performance.now() - started)), runs };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    if (!options.host) await host.close();
  }
}

async function runIn(
  { simulator, browsers }: CheckHost,
  endsAt: number,
  app: string,
  response: PageResponse,
  {
    timeoutMs,
    userActions = {},
    takesPictures = false,
    headed = false,
    limits = simulatorLimits,
    only = () => true,
    onProgress = () => {},
  }: CheckOptions,
) {
  const isRefused = (origin: string) => whyNotFramed(app, origin, response) !== undefined;
  const admitsOnlyHubSpot = isRefused(simulator) && !isRefused("https://app.hubspot.com");
  const isClosed = isRefused(simulator) && !admitsOnlyHubSpot;
  const cookies = new CookieJar(app, response.cookies);
  const prepare: RunnerOptions["prepare"] = async (page) => {
    cookies.watch(page);
    if (admitsOnlyHubSpot) await admitSimulator(page, app);
  };
  const selected = scenarios.filter(({ name }) => only(name));
  let done = 1; // framing
  const onRun = (name: string) => onProgress(++done, selected.length + 2, name);
  const runnerOptions = { simulator, app, timeoutMs, userActions, takesPictures, isHeaded: headed, limits, prepare };
  if (isClosed) {
    const framing = framingRun(framingFindings(app, response));
    return { sdkVersion: "", runs: [framing, ...runNone(selected, "the app cannot be loaded in an iframe")] };
  }
  const { sdkVersion, runs } = await new Runner(browsers, runnerOptions, endsAt, onRun).run(selected);
  const framing = framingRun([...framingFindings(app, response), ...cookies.findings()]);
  return { sdkVersion, runs: [framing, ...relaxOtherMode(runs)] };
}

function framingRun(findings: Finding[]): ScenarioRun {
  return {
    name: "framing",
    expectation:
      "loads in HubSpot's iframe, over HTTPS or from this machine, and can use its cookies and the microphone there",
    result: outcomeOf(findings, undefined),
    findings,
    milliseconds: 0,
  };
}

import { admitSimulator } from "./admit-simulator.ts";
import { Browsers } from "./browsers.ts";
import { CookieJar } from "./cookies.ts";
import { reportOf } from "./create-report.ts";
import type { Finding } from "./findings.ts";
import { framingFindings, whyNotFramed } from "./framing.ts";
import { launchBrowser } from "./launch-browser.ts";
import { checkLimitMs } from "./limits.ts";
import { relaxOtherMode } from "./modes.ts";
import { type PageResponse, reachApp } from "./reach-app.ts";
import { outcomeOf, type Report, type ScenarioRun } from "./report.ts";
import { Runner, runNone } from "./run-all.ts";
import type { RunnerOptions } from "./scenario-context.ts";
import { scenarios } from "./scenarios.ts";
import { serveSimulator } from "./serve-simulator.ts";
import type { UserActions } from "./user-actions.ts";

export type CheckOptions = {
  url: string;
  pages: string;
  userActions?: UserActions;
  timeoutMs: number;
  strict?: boolean;
  headed?: boolean;
  /** Takes screenshots for the HTML report. */
  takesPictures?: boolean;
  /** Selects scenarios by name; by default, all scenarios run. Framing and the first handshake always run. */
  only?: (name: string) => boolean;
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
  const { signal, strict = false, headed = false } = options;
  const { app, response } = await reachApp(options.url, options.timeoutMs);
  signal?.throwIfAborted();
  await options.onReached?.();
  const simulator = await serveSimulator(options.pages);
  const browsers = {
    shared: new Browsers(() => launchBrowser({ headed, isIsolated: false })),
    isolated: new Browsers(() => launchBrowser({ headed, isIsolated: true })),
  };
  const closeBrowsers = () => Promise.all([browsers.shared.close(), browsers.isolated.close()]);
  const stop = () => void closeBrowsers();
  signal?.addEventListener("abort", stop);
  try {
    await browsers.shared.get(); // Fails early if there is no browser.
    signal?.throwIfAborted();
    const endsAt = started + checkLimitMs(options.timeoutMs);
    const { sdkVersion, runs } = await runIn(browsers, endsAt, simulator.origin, app, response, options);
    signal?.throwIfAborted();
    return { report: reportOf(app, sdkVersion, runs, strict, Math.round(performance.now() - started)), runs };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    await Promise.all([simulator.close(), closeBrowsers()]);
  }
}

async function runIn(
  browsers: { shared: Browsers; isolated: Browsers },
  endsAt: number,
  simulator: string,
  app: string,
  response: PageResponse,
  {
    timeoutMs,
    userActions = {},
    takesPictures = false,
    headed = false,
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
  const runnerOptions = { simulator, app, timeoutMs, userActions, takesPictures, isHeaded: headed, prepare };
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

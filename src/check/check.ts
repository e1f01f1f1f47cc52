import type { Browser } from "playwright-core";
import { admitSimulator } from "./admit-simulator.ts";
import { CookieJar } from "./cookies.ts";
import { reportOf } from "./create-report.ts";
import type { Finding } from "./findings.ts";
import { framingFindings, whyNotFramed } from "./framing.ts";
import { launchBrowser } from "./launch-browser.ts";
import { type PageResponse, reachApp } from "./reach-app.ts";
import { outcomeOf, type Report, type ScenarioRun } from "./report.ts";
import { runAll } from "./run-all.ts";
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
  /** Selects scenarios by name, all by default. Framing and the first handshake always run. */
  only?: (name: string) => boolean;
  /** When aborted, closes the browser and rejects the promise. */
  signal?: AbortSignal;
  /** Called when the app has answered, before the scenarios. If the promise rejects, the check rejects. */
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
  const { app, response } = await reachApp(options.url);
  signal?.throwIfAborted();
  await options.onReached?.();
  const simulator = await serveSimulator(options.pages);
  let browser: Browser | undefined;
  const stop = () => void browser?.close();
  signal?.addEventListener("abort", stop);
  try {
    browser = await launchBrowser({ headed });
    signal?.throwIfAborted();
    const { sdkVersion, runs } = await runIn(browser, simulator.origin, app, response, options);
    signal?.throwIfAborted();
    return { report: reportOf(app, sdkVersion, runs, strict, Math.round(performance.now() - started)), runs };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    simulator.close();
    await browser?.close();
  }
}

async function runIn(
  browser: Browser,
  simulator: string,
  app: string,
  response: PageResponse,
  { timeoutMs, userActions = {}, takesPictures = false, only = () => true, onProgress = () => {} }: CheckOptions,
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
  const runnerOptions = { simulator, app, timeoutMs, userActions, takesPictures, prepare };
  const { sdkVersion, runs } = await runAll(selected, browser, runnerOptions, isClosed, onRun);
  const framing = framingRun([...framingFindings(app, response), ...cookies.findings()]);
  return { sdkVersion, runs: [framing, ...runs] };
}

function framingRun(findings: Finding[]): ScenarioRun {
  return {
    name: "framing",
    expectation:
      "allows HubSpot to load it in an iframe, over https or from this machine, with its cookies and the microphone",
    result: outcomeOf(findings, undefined),
    findings,
    milliseconds: 0,
  };
}

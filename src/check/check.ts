// The check: starts the simulator and a browser, has the app go through every scenario, and reports what was found.
import { availableParallelism } from "node:os";
import type { Browser, Page } from "playwright-core";
import { type Finding, findingOfSimulator } from "./findings.ts";
import { framingFindings, reach, refusalOf } from "./framing.ts";
import { launchBrowser } from "./playwright.ts";
import { outcomeOf, type Report, reportOf, type ScenarioRun } from "./report.ts";
import type { Known, Scenario } from "./scenario.ts";
import { openStage, type Theatre } from "./scenario-context.ts";
import { scenarios } from "./scenarios.ts";
import { openSimulator } from "./simulator.ts";
import type { Steps } from "./user-actions.ts";

export type CheckOptions = {
  /** The app's URL. */
  url: string;
  /** The file of the simulator's page, built. */
  page: string;
  /** What a person does in the app. */
  steps?: Steps;
  /** Milliseconds that the app may take for whatever it is asked. */
  timeout: number;
  /** Whether a warning is a failure too. */
  strict?: boolean;
  /** Shows the browser. */
  headed?: boolean;
  /** Takes pictures of the app, for the HTML page. */
  pictures?: boolean;
  /** Which scenarios are gone through; all, if absent. Framing and the first handshake always are. */
  only?: (name: string) => boolean;
  /** Ends it before its time: the browser is closed, and the check rejects. */
  signal?: AbortSignal;
  /** Is told of each scenario that is over. */
  progress?: (done: number, of: number, name: string) => void;
};

/** Scenarios that go on at the same time: they wait more than they work. */
const sideBySide = Math.min(8, availableParallelism() + 1);

/**
 * Checks an app.
 * @throws a UsageError, in one line, when there is no browser or the app cannot be reached
 */
export async function check(options: CheckOptions): Promise<{ report: Report; played: ScenarioRun[] }> {
  const started = performance.now();
  const { url, steps = {}, timeout, signal, strict = false, headed = false, pictures = false } = options;
  const { app, page } = await reach(url);
  signal?.throwIfAborted();
  const simulator = await openSimulator(options.page);
  let browser: Browser | undefined;
  const stop = () => void browser?.close();
  signal?.addEventListener("abort", stop);
  try {
    browser = await launchBrowser({ headed });
    signal?.throwIfAborted();
    const isRefused = (host: string) => refusalOf(app, host, page) !== undefined;
    // An app that admits HubSpot alone is right: the check has to get in all the same.
    const admitsOnlyHubSpot = isRefused(simulator.origin) && !isRefused("https://app.hubspot.com");
    const prepare = admitsOnlyHubSpot ? (opened: Page) => admit(opened, app) : async () => {};
    const theatre: Theatre = { browser, simulator: simulator.origin, app, timeout, steps, pictures, prepare };
    const isClosed = isRefused(simulator.origin) && !admitsOnlyHubSpot;
    const { sdk, played } = await playAll(theatre, framed(framingFindings(app, page)), isClosed, options);
    signal?.throwIfAborted();
    return { report: reportOf(app, sdk, played, strict, Math.round(performance.now() - started)), played };
  } catch (error) {
    signal?.throwIfAborted();
    throw error;
  } finally {
    signal?.removeEventListener("abort", stop);
    simulator.close();
    await browser?.close();
  }
}

function framed(findings: Finding[]): ScenarioRun {
  return {
    name: "framing",
    expectation: "lets HubSpot's pages frame it, by its headers, and is served by https or by this machine",
    result: outcomeOf(findings, undefined),
    findings,
    milliseconds: 0,
  };
}

/** Framing and the first handshake, then the rest side by side; without these two there is no rest. */
async function playAll(theatre: Theatre, framing: ScenarioRun, isClosed: boolean, { only, progress }: CheckOptions) {
  const chosen = only ? scenarios.filter(({ name }) => only(name)) : scenarios;
  let done = 1;
  const tell = (name: string) => progress?.(++done, chosen.length + 2, name);

  const known: Known = { sdk: "", took: 0, isInbound: theatre.steps.callIn !== undefined };
  const handshake = firstHandshake(known);
  const none: Known = { ...known };
  if (isClosed) {
    return { sdk: "", played: [framing, ...[handshake, ...chosen].map(notTried("the app cannot be framed"))] };
  }
  const first = await play(handshake, theatre, none);
  tell(handshake.name);
  if (first.result === "failed") {
    return { sdk: known.sdk, played: [framing, first, ...chosen.map(notTried("the first handshake failed"))] };
  }
  const played: ScenarioRun[] = [];
  const queue = [...chosen.entries()];
  const lane = async () => {
    for (let next = queue.shift(); next; next = queue.shift()) {
      const [index, scenario] = next;
      const why = whyNot(scenario, theatre.steps, known);
      played[index] = why ? notTried(why)(scenario) : await play(scenario, theatre, known);
      tell(scenario.name);
    }
  };
  await Promise.all(Array.from({ length: sideBySide }, lane));
  return { sdk: known.sdk, played: [framing, first, ...played] };
}

/** Why a scenario cannot be tried with this app, if so. No page is opened for it, so that nothing is found in it either. */
function whyNot({ needs, needsInbound }: Scenario, steps: Steps, { isInbound }: Known): string | undefined {
  const missing = needs?.find((step) => !steps[step]);
  if (missing && Object.keys(steps).length === 0) return "no --steps are given, which say what a person does";
  if (missing) return `the steps have no ${missing}`;
  return needsInbound && !isInbound
    ? "the app says nothing of inbound calls (isAvailable, userAvailable, the step callIn): then HubSpot frames a widget alone"
    : undefined;
}

const notTried =
  (reason: string) =>
  ({ name, expectation }: Scenario): ScenarioRun => ({
    name,
    expectation,
    result: "not tried",
    reason,
    findings: [],
    milliseconds: 0,
  });

/** The first handshake, which also shows what the app is: that is noted in `known`. */
function firstHandshake(known: Known): Scenario {
  return {
    name: "handshake",
    expectation: "answers SYNC, and says initialized, in time",
    async play(stage) {
      const start = performance.now();
      if (!(await stage.ready())) return undefined;
      known.took = performance.now() - start;
      known.sdk = await stage.page.evaluate(async () => (await window.hubspot.ready).version);
      await stage.settled();
      const said = await stage.messages("app");
      known.isInbound ||= said.some(({ type, data }) => {
        const isAvailable = typeof data === "object" && data !== null && "isAvailable" in data;
        return type === "USER_AVAILABLE" || (type === "INITIALIZED" && isAvailable);
      });
      return undefined;
    },
  };
}

/** What the stage's own `not-ready` says already. */
const ofReady = ["no-answer", "not-initialized"];

async function play(scenario: Scenario, theatre: Theatre, known: Known): Promise<ScenarioRun> {
  const { name, expectation, parameters, forgives = [] } = scenario;
  const started = performance.now();
  const stage = await openStage(theatre);
  let reason: string | undefined;
  let ofSimulator: Finding[] = [];
  try {
    await stage.open(parameters);
    reason = await scenario.play(stage, known);
    ofSimulator = (await stage.end()).map(findingOfSimulator);
  } catch (error) {
    const [first = ""] = `${error instanceof Error ? error.message : error}`.split("\n");
    stage.found("broken-off", first);
  }
  const { findings: own, forgiven, ...evidence } = stage.evidence();
  await stage.close().catch(() => {}); // the browser is gone, and the page with it
  const isForgiven = (rule: string) => forgives === true || [...forgives, ...forgiven, ...ofReady].includes(rule);
  const judged = [...own, ...ofSimulator.filter(({ rule }) => !isForgiven(rule))];
  const findings = judged.filter(
    ({ rule, message }, index, all) => index === all.findIndex((one) => one.rule === rule && one.message === message),
  );
  return {
    name,
    expectation,
    result: outcomeOf(findings, reason),
    ...(reason !== undefined && { reason }),
    findings,
    milliseconds: Math.round(performance.now() - started),
    evidence,
  };
}

/** Takes from the app's pages what keeps all but HubSpot from framing them; the simulator is not to look for it. */
async function admit(page: Page, app: string): Promise<void> {
  await page.route("**/simulator/headers?*", (route) => route.abort());
  await page.route(`${new URL(app).origin}/**`, async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const { "x-frame-options": _, "content-security-policy": policy = "", ...headers } = response.headers();
    const rest = policy.replace(/frame-ancestors[^;,]*;?/gi, "");
    await route.fulfill({ response, headers: { ...headers, "content-security-policy": rest } });
  });
}

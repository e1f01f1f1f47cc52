import { Browsers } from "../../src/check/browser/browsers.ts";
import { launchBrowser } from "../../src/check/browser/launch-browser.ts";
import { simulatorLimits } from "../../src/check/context/limits.ts";
import { Runner } from "../../src/check/run-all.ts";
import { runScenario } from "../../src/check/run-scenario.ts";
import type { AppTraits, Scenario } from "../../src/check/scenarios/scenario.ts";
import { test as base, expect, initialize, minimalApp, simulatorUrl } from "../support/simulator.ts";

const test = base.extend<{ browsers: Browsers }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to learn what the fixture needs.
  browsers: async ({}, use) => {
    const browsers = new Browsers(() => launchBrowser({ headed: false, isIsolated: true }));
    await use(browsers);
    await browsers.close();
  },
});

const app: AppTraits = {
  sdkVersion: "",
  readyAfterMs: 0,
  place: { iframeLocation: "widget", usesCallingWindow: true },
  isReady: true,
  supportsInboundCalls: false,
  logsInByItself: false,
  hasCalled: false,
};
const optionsFor = (url: string) => ({
  simulator: new URL(simulatorUrl).origin,
  app: url,
  timeoutMs: 5000,
  userActions: {},
  takesPictures: false,
  isHeaded: false,
  limits: simulatorLimits,
  prepare: async () => {},
  isIsolated: true,
});
const scenario = (run: Scenario["run"]): Scenario => ({ name: "a scenario", expectation: "ends", run });

test("interrupts a scenario at its time limit, reports what the scenario was doing, and keeps the messages", async ({
  serve,
  browsers,
}) => {
  const url = await serve((response) => response.end(minimalApp(initialize)));
  const endless = scenario(async (context) => {
    await context.sendEvent("END_CALL", undefined);
    await new Promise(() => {});
    return undefined;
  });
  const { run } = await runScenario(browsers, endless, optionsFor(url), app, 4000);
  expect(run.findings).toMatchObject([
    { rule: "scenario-aborted", message: "on END_CALL: the scenario was interrupted after 4 s" },
  ]);
  expect(run.result).toBe("failed");
  expect(run.evidence?.messages.map(({ type }) => type)).toEqual(["READY", "INITIALIZED", "END_CALL"]);
});

test("reports that the whole check reached its time limit, and tries no further scenario", async ({ browsers }) => {
  const runner = new Runner(
    { shared: browsers, isolated: browsers },
    optionsFor("http://localhost/"),
    performance.now(),
    () => {},
  );
  const { runs } = await runner.run([scenario(async () => undefined)]);
  expect(runs.map(({ name, result, reason }) => [name, result, reason])).toEqual([
    ["handshake", "failed", "the whole check reached its time limit"],
    ["a scenario", "not tried", "the first handshake failed"],
  ]);
});

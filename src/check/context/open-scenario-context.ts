import type { Browser } from "@playwright/test";
import { isLoopback } from "../../http/loopback.ts";
import { installProbe } from "../browser/app-probe.ts";
import { ignoreExternalLinks } from "../browser/external-links.ts";
import { reduceToWidget } from "../browser/reduced-simulator.ts";
import type { RunnerOptions } from "./runner-options.ts";
import { ScenarioContext } from "./scenario-context.ts";

/** Generous, because the machine may be busy. */
const navigationTimeoutMs = 30_000;

/** Opens an empty page. Call `load` to load the simulator and the app. */
export async function openScenarioContext(browser: Browser, options: RunnerOptions): Promise<ScenarioContext> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    // The user's browser may trust the local certificate even if this browser does not.
    ignoreHTTPSErrors: isLoopback(new URL(options.app).hostname),
    acceptDownloads: false,
  });
  context.setDefaultTimeout(options.timeoutMs);
  context.setDefaultNavigationTimeout(Math.max(options.timeoutMs, navigationTimeoutMs));
  await installProbe(context);
  await ignoreExternalLinks(context);
  if (!options.isHeaded) await reduceToWidget(context, options.simulator);
  return new ScenarioContext(await context.newPage(), options);
}

import type { Browser, BrowserType } from "@playwright/test";
import { firstLine } from "../../http/error-text.ts";
import { browserArguments, browserPaths, problemOf } from "../../node/browser.ts";
import { importPackage } from "../../node/project-packages.ts";
import { UsageError } from "../../node/usage-error.ts";

/** Runs the app and the simulator in separate processes, so that an endless loop in the app blocks only the app. */
const isolation = ["--site-per-process"];
/** Runs the app and the simulator in one process, which takes less time. `ScenarioContext` relies on this. */
const sharing = ["--disable-site-isolation-trials"];
/** Draws in the browser's own process, which takes less time than drawing in a separate process. */
const drawing = ["--in-process-gpu"];
/** In megabytes. An app that exhausts its memory must not use up this machine's memory. */
const memoryLimit = ["--js-flags=--max-old-space-size=512"];

type LaunchOptions = { headed: boolean; isIsolated: boolean; browserOptions?: readonly string[] };

/** @throws {UsageError} if Playwright or a browser is missing, if no browser starts, or if `headed` is true without a screen */
export async function launchBrowser(options: LaunchOptions): Promise<Browser> {
  const { headed } = options;
  const { DISPLAY, WAYLAND_DISPLAY } = process.env;
  if (headed && process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY) {
    throw new UsageError("--headed needs a screen, but DISPLAY is not set; leave out --headed, or use xvfb-run");
  }
  const chromium = await importChromium();
  const refused: string[] = [];
  for (const executablePath of browserPaths(chromium.executablePath(), headed)) {
    try {
      const problem = problemOf(executablePath);
      if (problem === undefined) return await launch(chromium, executablePath, options);
      refused.push(`${executablePath} ${problem}`);
    } catch (error) {
      refused.push(`${executablePath} does not start: ${firstLine(error)}`);
    }
  }
  const remedy = "install Chrome or Chromium, or run npx playwright install chromium";
  throw new UsageError(["No browser was found", ...refused, remedy].join("; "));
}

function launch(
  chromium: BrowserType,
  executablePath: string,
  { headed, isIsolated, browserOptions = [] }: LaunchOptions,
): Promise<Browser> {
  // The check handles these signals. Playwright's handlers could end the process while the check is writing its report.
  const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
  return chromium.launch({
    executablePath,
    args: [
      ...browserArguments,
      ...(isIsolated ? isolation : sharing),
      ...(headed ? [] : drawing),
      ...memoryLimit,
      ...browserOptions,
    ],
    headless: !headed,
    ...signals,
  });
}

async function importChromium(): Promise<BrowserType> {
  const playwright = await importPackage(["playwright", "playwright-core", "@playwright/test"]);
  if (hasChromium(playwright)) return playwright.chromium;
  throw new UsageError("Playwright is not installed; run npm install -D @playwright/test");
}

function hasChromium(module: unknown): module is { chromium: BrowserType } {
  return typeof module === "object" && module !== null && "chromium" in module;
}

import type { Browser, BrowserType } from "playwright-core";
import { firstLine } from "../http/error-text.ts";
import { browserArguments, findBrowser } from "../node/browser.ts";
import { importPackage } from "../node/project-packages.ts";
import { UsageError } from "../node/usage-error.ts";

/** Runs the app and the simulator in two processes, so that an endless loop stops only the app. */
const isolation = ["--site-per-process"];
/** Megabytes of JavaScript objects. An app that exhausts its memory must not take all of this machine's. */
const memoryLimit = ["--js-flags=--max-old-space-size=512"];

/** @throws {UsageError} if Playwright or a browser is missing, or the browser does not start */
export async function launchBrowser({
  headed,
  isIsolated,
}: {
  headed: boolean;
  isIsolated: boolean;
}): Promise<Browser> {
  const chromium = await importChromium();
  const executablePath = findBrowser(chromium.executablePath(), headed);
  if (!executablePath) {
    throw new UsageError("No browser was found; install Chrome or Chromium, or run npx playwright install chromium");
  }
  try {
    // The check handles these signals. Playwright's handlers could end the process while the check writes its report.
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    return await chromium.launch({
      executablePath,
      args: [...browserArguments, ...(isIsolated ? isolation : []), ...memoryLimit],
      headless: !headed,
      ...signals,
    });
  } catch (error) {
    const { DISPLAY, WAYLAND_DISPLAY } = process.env;
    const hasNoScreen = headed && process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY;
    const reason = hasNoScreen
      ? "--headed needs a screen, but DISPLAY is not set; leave out --headed, or use xvfb-run"
      : firstLine(error);
    throw new UsageError(`The browser ${executablePath} did not start: ${reason}`);
  }
}

async function importChromium(): Promise<BrowserType> {
  const playwright = await importPackage(["playwright", "playwright-core", "@playwright/test"]);
  if (hasChromium(playwright)) return playwright.chromium;
  throw new UsageError("Playwright is not installed; run npm install -D @playwright/test");
}

function hasChromium(module: unknown): module is { chromium: BrowserType } {
  return typeof module === "object" && module !== null && "chromium" in module;
}

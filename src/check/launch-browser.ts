// Starts the browser of a check, with Playwright as the user's project has it.
import type { Browser, BrowserType } from "playwright-core";
import { firstLine } from "../http/error-text.ts";
import { browserArguments, findBrowser } from "../node/browser.ts";
import { importPackage } from "../node/project-packages.ts";
import { UsageError } from "../node/usage-error.ts";

/**
 * Starts a browser with storage partitioned, as users have it.
 * @throws a UsageError that says what to install, or why the browser did not start
 */
export async function launchBrowser({ headed }: { headed: boolean }): Promise<Browser> {
  const chromium = await importChromium();
  const executablePath = findBrowser(chromium.executablePath(), headed);
  if (!executablePath) {
    throw new UsageError("No browser: install Chrome or Chromium, or npx playwright install chromium");
  }
  try {
    // The check handles these signals itself: Playwright would end the process in the middle of the report.
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    return await chromium.launch({ executablePath, args: browserArguments, headless: !headed, ...signals });
  } catch (error) {
    const { DISPLAY, WAYLAND_DISPLAY } = process.env;
    const hasNoScreen = headed && process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY;
    const reason = hasNoScreen ? "--headed needs a screen, and DISPLAY is not set; xvfb-run has one" : firstLine(error);
    throw new UsageError(`The browser ${executablePath} does not start: ${reason}`);
  }
}

async function importChromium(): Promise<BrowserType> {
  const playwright = await importPackage(["playwright", "playwright-core", "@playwright/test"]);
  if (hasChromium(playwright)) return playwright.chromium;
  throw new UsageError("Playwright is not installed: npm install -D playwright");
}

function hasChromium(module: unknown): module is { chromium: BrowserType } {
  return typeof module === "object" && module !== null && "chromium" in module;
}

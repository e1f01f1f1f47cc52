// Playwright as the user's project has it, and a browser by it.
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Browser, BrowserType } from "playwright-core";
import { browserArguments, findBrowser } from "../testing/browser.ts";
import { UsageError } from "./usage.ts";

const packages = ["playwright", "playwright-core", "@playwright/test"];

/**
 * Starts a browser with storage partitioned, as users have it.
 * @throws a UsageError that says what to install, or why the browser did not start
 */
export async function launchBrowser({ headed }: { headed: boolean }): Promise<Browser> {
  const chromium = await projectsChromium();
  const executablePath = findBrowser(chromium.executablePath(), headed);
  if (!executablePath) {
    throw new UsageError("No browser: install Chrome or Chromium, or npx playwright install chromium");
  }
  try {
    // Who interrupts the check is told by it; a signal that Playwright took would end the process in mid-report.
    const signals = { handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false };
    return await chromium.launch({ executablePath, args: browserArguments, headless: !headed, ...signals });
  } catch (error) {
    const [first = ""] = `${error instanceof Error ? error.message : error}`.split("\n");
    const { DISPLAY, WAYLAND_DISPLAY } = process.env;
    const isUnseen = headed && process.platform === "linux" && !DISPLAY && !WAYLAND_DISPLAY;
    const why = isUnseen ? "--headed needs a screen, and DISPLAY is not set; xvfb-run has one" : first;
    throw new UsageError(`The browser ${executablePath} does not start: ${why}`);
  }
}

async function projectsChromium(): Promise<BrowserType> {
  for (const from of [join(process.cwd(), "_"), import.meta.url]) {
    for (const name of packages) {
      const found: unknown = await importFrom(from, name);
      if (hasChromium(found)) return found.chromium;
    }
  }
  throw new UsageError("Playwright is not installed: npm install -D playwright");
}

async function importFrom(from: string, name: string): Promise<unknown> {
  try {
    const module: { default?: unknown } = await import(pathToFileURL(createRequire(from).resolve(name)).href);
    return module.default ?? module;
  } catch {
    return undefined; // it is not there
  }
}

function hasChromium(module: unknown): module is { chromium: BrowserType } {
  return typeof module === "object" && module !== null && "chromium" in module;
}

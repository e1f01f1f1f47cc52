// Finds the browser for the tests. Tries CHROMIUM_PATH, Debian's chromium-headless-shell (which halves the test duration),
// an installed browser, and Playwright's download, in this order. Installs the shell if the tests run as root on Debian.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "@playwright/test";
import { browserArguments, findBrowser, headlessShell, installed, problemOf } from "../../src/node/browser.ts";

/**
 * With these options, the browser computes every frame but draws no pixels, so a page takes about 12% less CPU time.
 * Screenshots are blank.
 */
export const withoutDrawing = ["--in-process-gpu", "--use-angle=swiftshader", "--disable-gl-drawing-for-tests"];

const sources = [
  () => process.env.CHROMIUM_PATH || working(installed([headlessShell])),
  () =>
    isDebianRoot() &&
    run("apt-get", "update") &&
    run("apt-get", "install", "-y", headlessShell) &&
    working(installed([headlessShell])),
  () => findBrowser(chromium.executablePath()).path,
  () => run(process.execPath, playwright(), "install", "chromium") && findBrowser(chromium.executablePath()).path,
];

function working(paths: string[]): string | undefined {
  return paths.find((path) => problemOf(path) === undefined);
}

/**
 * Returns Playwright's launch options for the browser.
 * @throws an Error that says what to install, if no browser is available
 */
export function launchOptions() {
  for (const source of sources) {
    const path = source();
    if (!path) continue;
    // The workers also load this file, and read the path from the environment.
    process.env.CHROMIUM_PATH = path;
    return { executablePath: path, args: browserArguments };
  }
  const { refused } = findBrowser(chromium.executablePath());
  const remedy = "install Chrome or Chromium, or set CHROMIUM_PATH to the path of one";
  throw new Error(["No browser was found", ...refused, remedy].join("; "));
}

/** Returns the path of Playwright's command-line script, because Windows cannot start npx without a shell. */
function playwright(): string {
  return createRequire(import.meta.url).resolve("@playwright/test/cli");
}

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version");
}

function run(command: string, ...parameters: string[]): boolean {
  console.log(`Installing a browser for the tests: ${[command, ...parameters].join(" ")}`);
  try {
    execFileSync(command, parameters, { stdio: "pipe", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    return true;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error); // contains the command's stderr
    return false;
  }
}

// The browser that the tests drive: the one CHROMIUM_PATH names; where they run as root of a Debian, its package without
// windows, which halves their time; else one that is here, else Playwright's download.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { chromium } from "@playwright/test";
import { browserArguments, findBrowser, headlessShell, installed } from "../../src/node/browser.ts";

const sources = [
  () => process.env.CHROMIUM_PATH || installed([headlessShell]),
  () =>
    isDebianRoot() &&
    run("apt-get", "update") &&
    run("apt-get", "install", "-y", headlessShell) &&
    installed([headlessShell]),
  () => findBrowser(chromium.executablePath()),
  () => run(process.execPath, playwright(), "install", "chromium") && findBrowser(chromium.executablePath()),
];

/**
 * How Playwright is to launch the browser.
 * @throws an Error that says what to install when there is no browser to be had.
 */
export function launchOptions() {
  for (const source of sources) {
    const path = source();
    if (!path) continue;
    // The workers load this file again, and need not search again.
    process.env.CHROMIUM_PATH = path;
    return { executablePath: path, args: browserArguments };
  }
  throw new Error("No browser: install Chrome or Chromium, or set CHROMIUM_PATH to one.");
}

/** Playwright's command line, as a file: Windows finds no program under the name npx. */
function playwright(): string {
  return createRequire(import.meta.url).resolve("@playwright/test/cli");
}

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version");
}

function run(command: string, ...words: string[]): boolean {
  console.log(`A browser for the tests: ${[command, ...words].join(" ")}`);
  try {
    execFileSync(command, words, { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    return true;
  } catch {
    return false;
  }
}

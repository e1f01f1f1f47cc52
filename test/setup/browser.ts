// The browser that the tests drive: the one CHROMIUM_PATH names, else one that is installed, else Playwright's own
// download, else Debian's package where the tests run as root.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { chromium } from "@playwright/test";

const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

const sources = [
  () => process.env.CHROMIUM_PATH,
  installed,
  () => [chromium.executablePath()].find(existsSync),
  () => run(process.execPath, playwright(), "install", "chromium") && [chromium.executablePath()].find(existsSync),
  () => isDebianRoot() && run("apt-get", "update") && run("apt-get", "install", "-y", "chromium") && installed(),
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
    return { executablePath: path, args };
  }
  throw new Error("No browser: install Chrome or Chromium, or set CHROMIUM_PATH to one.");
}

const args = [
  // Replaces Playwright's list of disabled features, which has storage partitioning in it: HubSpot's users have it on.
  "--disable-features=HttpsUpgrades,MediaRouter,PaintHolding",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

function installed(): string | undefined {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...paths, ...applications].find(existsSync);
}

/** Playwright's command line, as a file: Windows finds no program under the name npx. */
function playwright(): string {
  return createRequire(import.meta.url).resolve("@playwright/test/cli");
}

function isDebianRoot(): boolean {
  return process.getuid?.() === 0 && existsSync("/etc/debian_version");
}

function run(command: string, ...words: string[]): boolean {
  console.log(`No browser found. ${[command, ...words].join(" ")}`);
  try {
    execFileSync(command, words, { stdio: "ignore", env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
    return true;
  } catch {
    return false;
  }
}

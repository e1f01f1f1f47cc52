// Finds a browser: CHROMIUM_PATH, then an installed browser, then Playwright's download.
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Debian's name for headless Chromium. It opens a page in half the time. */
export const headlessShell = "chromium-headless-shell";
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

export const browserArguments = [
  // Replaces Playwright's list, which disables storage partitioning, although HubSpot's users have it. The last two
  // features would open hidden pages with each window.
  "--disable-features=HttpsUpgrades,MediaRouter,PaintHolding,WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/**
 * @param downloaded the path of Playwright's download, which may not exist
 * @param headed whether the browser must be able to show windows
 */
export function findBrowser(downloaded: string, headed = false): string | undefined {
  const shell = headed ? undefined : installed([headlessShell]);
  return process.env.CHROMIUM_PATH || shell || installed(names) || [...applications, downloaded].find(existsSync);
}

/** Searches PATH for the programs in order, and returns the first path. */
export function installed(programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

// The browser that is driven: the one CHROMIUM_PATH names, else one that is installed, else Playwright's own download.
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Chromium without windows, which opens a page in half the time: Debian's name for it. */
export const headlessShell = "chromium-headless-shell";
const names = ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

/** What the browser is started with. */
export const browserArguments = [
  // Replaces Playwright's list of disabled features, which has storage partitioning in it: HubSpot's users have it on.
  // The two last are pages of the browser's own that start with each window, and which nobody sees.
  "--disable-features=HttpsUpgrades,MediaRouter,PaintHolding,WebUIOmniboxPopup,WebUIOmniboxAimPopup",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

/**
 * The path of a browser that is here, if there is one.
 * @param downloaded where Playwright's own would be
 * @param headed whether its windows are to be seen
 */
export function findBrowser(downloaded: string, headed = false): string | undefined {
  const shell = headed ? undefined : installed([headlessShell]);
  return process.env.CHROMIUM_PATH || shell || installed(names) || [...applications, downloaded].find(existsSync);
}

/** The program that this system finds under the first of these names that it knows. */
export function installed(programs: readonly string[]): string | undefined {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  return programs.flatMap((name) => folders.map((folder) => join(folder, name))).find(existsSync);
}

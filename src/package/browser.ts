// The browser that is driven: the one CHROMIUM_PATH names, else one that is installed, else Playwright's own download.
import { existsSync } from "node:fs";
import { join } from "node:path";

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
 */
export function findBrowser(downloaded: string): string | undefined {
  return process.env.CHROMIUM_PATH || installedBrowser() || [downloaded].find(existsSync);
}

/** A browser that this system has under one of the usual names. */
export function installedBrowser(): string | undefined {
  const folders = (process.env.PATH ?? "").split(process.platform === "win32" ? ";" : ":");
  const paths = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...paths, ...applications].find(existsSync);
}

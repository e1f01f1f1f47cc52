// Finds a browser: CHROMIUM_PATH if it is set, otherwise an installed browser, otherwise Playwright's download.
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, statSync } from "node:fs";
import { delimiter, join } from "node:path";

/** Debian's headless Chromium, which opens a page in half the time that Chromium needs. */
export const headlessShell = "chromium-headless-shell";
const names =
  process.platform === "win32"
    ? ["chrome", "chromium", "msedge"]
    : ["chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge"];
const macApplications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
/** The environment variables for the program folders on Windows. Only the last folder needs no administrator rights. */
const windowsFolders = ["PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"];
const windowsApplications = [
  "Google/Chrome/Application/chrome.exe",
  "Chromium/Application/chrome.exe",
  "Microsoft/Edge/Application/msedge.exe",
];

export const browserArguments = [
  // This option replaces Playwright's list of disabled features, which contains storage partitioning. HubSpot users' browsers
  // partition storage. The omnibox features would open hidden pages with each window.
  "--disable-features=HttpsUpgrades,MediaRouter,PaintHolding,WebUIOmniboxPopup,WebUIOmniboxAimPopup,SpareRendererForSitePerProcess",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
];

export interface BrowserSearch {
  path: string | undefined;
  /** The unusable browsers, each with the reason. */
  refused: string[];
}

/**
 * Finds the first usable browser.
 * @param downloaded the path of Playwright's download, which may not exist
 * @param headed whether the browser must be able to show windows
 */
export function findBrowser(downloaded: string, headed = false): BrowserSearch {
  const refused: string[] = [];
  for (const path of browserPaths(downloaded, headed)) {
    const problem = problemOf(path);
    if (problem === undefined) return { path, refused };
    refused.push(`${path} ${problem}`);
  }
  return { path: undefined, refused };
}

/** Returns the paths that exist, best first. If CHROMIUM_PATH is set, returns only its value. */
export function browserPaths(downloaded: string, headed = false): string[] {
  if (process.env.CHROMIUM_PATH) return [process.env.CHROMIUM_PATH];
  const onPath = installed(headed ? names : [headlessShell, ...names]);
  return [...onPath, ...[...macApplications, ...windowsPaths(), downloaded].filter(existsSync)];
}

function windowsPaths(): string[] {
  const folders = windowsFolders.flatMap((name) => process.env[name] || []);
  return windowsApplications.flatMap((path) => folders.map((folder) => join(folder, path)));
}

/** Searches the folders in PATH for the programs, and returns all paths that exist, in the order of `programs`. */
export function installed(programs: readonly string[]): string[] {
  const suffix = process.platform === "win32" ? ".exe" : "";
  const folders = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  return programs.flatMap((name) => folders.map((folder) => join(folder, name + suffix))).filter(existsSync);
}

export function problemOf(path: string): string | undefined {
  try {
    if (!statSync(path).isFile()) return "is not a file";
    accessSync(path, constants.X_OK);
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EACCES"
      ? "is not executable"
      : "does not exist";
  }
  // On Windows, `chrome --version` opens a window.
  if (process.platform === "win32") return undefined;
  try {
    execFileSync(path, ["--version"], { stdio: "ignore", timeout: 60_000 });
    return undefined;
  } catch (error) {
    const status = error instanceof Error && "status" in error ? error.status : null;
    return status === null ? "does not start" : `does not start: --version exits with ${status}`;
  }
}

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { expect, test } from "@playwright/test";
import { browserPaths, findBrowser } from "../../src/node/browser.ts";

const otherOnWindows = "Windows uses other program names, and cannot run a script in place of a browser";
const { PATH, CHROMIUM_PATH, LOCALAPPDATA } = process.env;
let folder = "";
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "browser-"));
  delete process.env.CHROMIUM_PATH;
});
test.afterEach(() => {
  for (const [name, value] of Object.entries({ PATH, CHROMIUM_PATH, LOCALAPPDATA })) {
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
  }
  rmSync(folder, { recursive: true });
});

/** Creates an entry in a new folder, and returns the entry's path. In each test, PATH contains only these folders. */
function onPath(name: string, entry: "folder" | { script: string; mode?: number }): string {
  const parent = mkdtempSync(join(folder, "path-"));
  const path = join(parent, name);
  if (entry === "folder") mkdirSync(path);
  else writeFileSync(path, `#!/bin/sh\n${entry.script}\n`, { mode: entry.mode ?? 0o755 });
  process.env.PATH = [process.env.PATH === PATH ? "" : process.env.PATH, parent].join(delimiter);
  return path;
}

test("skips folders and files that do not start a browser, and reports why", () => {
  test.skip(process.platform === "win32", otherOnWindows);
  const directory = onPath("chromium", "folder");
  const text = onPath("chromium", { script: "exit 0", mode: 0o644 });
  const stub = onPath("chromium", { script: 'echo "install the snap"; exit 10' });
  const browser = onPath("chromium", { script: "echo Chromium 1" });
  onPath("google-chrome", { script: "exit 0" });
  const { path, refused } = findBrowser("/nowhere");
  expect(path).toBe(browser);
  const isRoot = process.getuid?.() === 0;
  expect(refused).toEqual([
    `${directory} is not a file`,
    expect.stringMatching(isRoot ? `^${text} ` : `^${text} is not executable$`),
    `${stub} does not start: --version exits with 10`,
  ]);
});

test("falls back to the downloaded browser if it exists, and uses only CHROMIUM_PATH if that is set", () => {
  test.skip(process.platform === "win32", otherOnWindows);
  const stub = onPath("google-chrome", { script: "exit 1" });
  const downloaded = join(folder, "downloaded");
  expect(findBrowser(downloaded).path).toBeUndefined();
  writeFileSync(downloaded, "#!/bin/sh\n", { mode: 0o755 });
  expect(findBrowser(downloaded)).toEqual({
    path: downloaded,
    refused: [`${stub} does not start: --version exits with 1`],
  });
  process.env.CHROMIUM_PATH = join(folder, "nowhere");
  expect(findBrowser(downloaded)).toEqual({ path: undefined, refused: [`${join(folder, "nowhere")} does not exist`] });
});

test("finds Chrome in the user's own folder, where users without administrator rights install it on Windows", () => {
  process.env.PATH = folder;
  process.env.LOCALAPPDATA = folder;
  const chrome = join(folder, "Google", "Chrome", "Application", "chrome.exe");
  mkdirSync(dirname(chrome), { recursive: true });
  writeFileSync(chrome, "");
  expect(browserPaths("/nowhere")).toContain(chrome);
});

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { expect, test } from "@playwright/test";
import { findBrowser } from "../../src/node/browser.ts";

test.skip(
  process.platform === "win32",
  "Windows uses other program names, and cannot run a script in place of a browser",
);

const { PATH, CHROMIUM_PATH } = process.env;
let folder = "";
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "browser-"));
  delete process.env.CHROMIUM_PATH;
});
test.afterEach(() => {
  Object.assign(process.env, { PATH, CHROMIUM_PATH });
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

// What is started to open the browser: the system's opener, found by PATH, here one that writes down what it is told.
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { openBrowser } from "../../src/server/open-browser.ts";

test.skip(process.platform === "win32", "Windows starts its opener from a folder of its own");

const url = `http://127.0.0.1:9026/?app=${encodeURIComponent("http://localhost/")}&name="it's"&more=$HOME;\`ls\``;
const kept = { ...process.env };
let folder = "";

test.beforeEach(async () => {
  folder = test.info().outputPath("programs");
  await mkdir(folder);
  const { CI: _, WAYLAND_DISPLAY: __, ...rest } = kept;
  process.env = { ...rest, PATH: folder, DISPLAY: ":0" };
});
test.afterEach(() => {
  process.env = { ...kept };
});

/** Puts an opener in the folder; gives what it was told, an argument a line, when it has been. */
async function putOpener(): Promise<() => Promise<string>> {
  const told = `${folder}/told`;
  const program = `${folder}/${process.platform === "darwin" ? "open" : "xdg-open"}`;
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$#" "$@" >> '${told}'\n`);
  await chmod(program, 0o755);
  return () => readFile(told, "utf8").catch(() => "");
}

test("starts the opener with the address as its only argument", async () => {
  const told = await putOpener();
  openBrowser(url);
  await expect.poll(told).toBe(`1\n${url}\n`);
});

test("prints one line with the address if there is no opener", async () => {
  const print = console.error;
  const printed: unknown[] = [];
  console.error = (...words) => printed.push(words.join(" "));
  try {
    openBrowser(url);
    await expect
      .poll(() => printed)
      .toEqual([expect.stringMatching(/^The browser did not open: .+ is missing\. Open /)]);
    expect(printed[0]).toContain(url);
  } finally {
    console.error = print;
  }
});

const unseen: [why: string, environment: Record<string, string | undefined>][] = [
  ["in CI", { CI: "1" }],
  ["where there is no screen", { DISPLAY: "" }],
];
for (const [why, environment] of unseen) {
  test(`opens nothing ${why}`, async () => {
    test.skip(process.platform === "darwin" && !environment.CI, "a Mac has a screen");
    const told = await putOpener();
    const { DISPLAY } = process.env;
    Object.assign(process.env, environment);
    openBrowser("http://unseen/");
    process.env.DISPLAY = DISPLAY;
    delete process.env.CI;
    // Started before, it would be the first to write.
    openBrowser(url);
    await expect.poll(told).not.toBe("");
    expect(await told()).toBe(`1\n${url}\n`);
  });
}

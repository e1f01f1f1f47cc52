// Runs openBrowser with a fake opener on the PATH. The opener records its arguments.
import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { openBrowser } from "../../src/server/open-browser.ts";

test.skip(process.platform === "win32", "Windows cannot run the fake opener, which is a shell script");

const url = `http://127.0.0.1:9026/?app=${encodeURIComponent("http://localhost/")}&name="it's"&more=$HOME;\`ls\``;
const originalEnvironment = { ...process.env };
let folder = "";

test.beforeEach(async () => {
  folder = test.info().outputPath("programs");
  await mkdir(folder);
  const { CI: _, WAYLAND_DISPLAY: __, ...rest } = originalEnvironment;
  process.env = { ...rest, PATH: folder, DISPLAY: ":0" };
});
test.afterEach(() => {
  process.env = { ...originalEnvironment };
});

/** Creates the opener. Returns a function that reads the recorded argument count and the arguments, one per line. */
async function createOpener(): Promise<() => Promise<string>> {
  const output = `${folder}/arguments`;
  const program = `${folder}/${process.platform === "darwin" ? "open" : "xdg-open"}`;
  await writeFile(program, `#!/bin/sh\nprintf '%s\\n' "$#" "$@" >> '${output}'\n`);
  await chmod(program, 0o755);
  return () => readFile(output, "utf8").catch(() => "");
}

test("starts the system's opener, for example xdg-open, with the URL as its only argument", async () => {
  const recorded = await createOpener();
  openBrowser(url);
  await expect.poll(recorded).toBe(`1\n${url}\n`);
});

test("prints one line with the URL if the opener is missing", async () => {
  const print = console.error;
  const printed: unknown[] = [];
  console.error = (...parts) => printed.push(parts.join(" "));
  try {
    openBrowser(url);
    await expect
      .poll(() => printed)
      .toEqual([expect.stringMatching(/^The browser did not open, because .+ is missing; open /)]);
    expect(printed[0]).toContain(url);
  } finally {
    console.error = print;
  }
});

const cases: [condition: string, environment: Record<string, string | undefined>][] = [
  ["in CI", { CI: "1" }],
  ["without a display", { DISPLAY: "" }],
];
for (const [condition, environment] of cases) {
  test(`does not open a browser ${condition}`, async () => {
    test.skip(process.platform === "darwin" && !environment.CI, "macOS always has a display");
    const recorded = await createOpener();
    const { DISPLAY } = process.env;
    Object.assign(process.env, environment);
    openBrowser("http://unseen/");
    process.env.DISPLAY = DISPLAY;
    delete process.env.CI;
    // If the first call had started the opener, its arguments would come first.
    openBrowser(url);
    await expect.poll(recorded).not.toBe("");
    expect(await recorded()).toBe(`1\n${url}\n`);
  });
}

// Playwright's own options, which the fixture extends.
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { expect, test } from "../../src/testing/playwright.ts";

for (const { app, may } of [
  { app: "https://localhost:3000/", may: true },
  { app: "https://app.example/", may: false },
]) {
  test.describe(app, () => {
    test.use({ app });
    test(
      may ? "may have an untrusted certificate" : "must not have an untrusted certificate",
      ({ ignoreHTTPSErrors }) => {
        expect(ignoreHTTPSErrors).toBe(may);
      },
    );
  });
}

const config = `export default {
  outputDir: "results",
  use: { app: "https://app.example/", ignoreHTTPSErrors: true, launchOptions: { channel: "msedge", args: ["--lang=de"] } },
};`;
const options = `
import { test } from ${JSON.stringify(pathToFileURL("src/testing/playwright.ts"))};
test("prints the options", ({ launchOptions: { channel, executablePath, args }, ignoreHTTPSErrors }) => {
  console.log(JSON.stringify({ channel, executablePath, hasArgument: args.includes("--lang=de"), ignoreHTTPSErrors }));
});`;

test("keeps the browser, the arguments and ignoreHTTPSErrors from the project's configuration", async () => {
  const folder = await mkdtemp(join(tmpdir(), "options-"));
  try {
    await writeFile(join(folder, "playwright.config.mjs"), config);
    await writeFile(join(folder, "options.test.mjs"), options);
    const cli = createRequire(import.meta.url).resolve("@playwright/test/cli");
    const own = /^(TEST_WORKER_INDEX|TEST_PARALLEL_INDEX|FORCE_COLOR)$/;
    const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !own.test(name)));
    const printed = await new Promise<string>((done) => {
      const args = [cli, "test", "-c", folder, "--reporter=line"];
      // The fixture must not choose the browser at CHROMIUM_PATH, which only has to be a program that starts.
      const environment = { ...env, CHROMIUM_PATH: process.execPath };
      execFile(process.execPath, args, { env: environment }, (_failed, out, error) => done(out + error));
    });
    expect(printed).toContain('{"channel":"msedge","hasArgument":true,"ignoreHTTPSErrors":true}');
  } finally {
    await rm(folder, { recursive: true });
  }
});

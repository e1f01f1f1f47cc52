import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser.ts";
import { browserSpecs } from "./support/browser-specs.ts";
import { ports } from "./support/ports.ts";

// The workers also load this file, and read the path from the environment.
if (/--project[= ]node\b/.test(process.argv.join(" "))) process.env.CHROMIUM_PATH = "no browser";
const browser = launchOptions();

export default defineConfig({
  outputDir: "results",
  globalTeardown: "./support/remove-server-folder.ts",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: process.env.CI ? [["dot"], ["./support/slowest-specs.ts"]] : "list",
  // The limits are more than ten times what the slowest test and the slowest condition take on an idle machine.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // A busy CI machine can stall briefly. The report lists tests that passed only on the second attempt.
  retries: process.env.CI ? 1 : 0,
  // One of three workers is usually idle, so three workers keep two cores busy.
  workers: 3,
  use: { baseURL: `http://localhost:${ports.HTTP_PORT}/`, launchOptions: browser },
  projects: [
    { name: "tests", testMatch: "**/*.spec.ts" },
    // Runs the specs that do not need a browser. The project `tests` runs them too.
    { name: "node", testMatch: "**/*.spec.ts", testIgnore: browserSpecs() },
    {
      name: "bench",
      testMatch: "**/*.bench.ts",
      workers: 1,
      // Runs the app in a separate process, as users' browsers do. By default, headless Chromium does not.
      use: { launchOptions: { ...browser, args: [...browser.args, "--site-per-process"] } },
    },
    { name: "screenshots", testMatch: "**/*.screenshots.ts" },
  ],
  webServer: {
    command: "node build.mjs --serve --no-open",
    cwd: "..",
    env: ports,
    url: `http://localhost:${ports.HTTP_PORT}/`,
    ignoreHTTPSErrors: true,
    timeout: 300_000,
  },
});

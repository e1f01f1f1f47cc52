import { defineConfig } from "@playwright/test";
import { launchOptions } from "./support/browser.ts";
import { ports } from "./support/ports.ts";

const browser = launchOptions();

export default defineConfig({
  outputDir: "results",
  fullyParallel: true,
  forbidOnly: !!process.env.CI,
  reporter: process.env.CI ? "dot" : "list",
  // A machine that others load too may be late for once; what is flaky is named at the end.
  retries: process.env.CI ? 1 : 0,
  // Of three, one waits for something most of the time; two cores are kept busy.
  workers: 3,
  use: { baseURL: `http://localhost:${ports.HTTP_PORT}/`, launchOptions: browser },
  projects: [
    { name: "tests", testMatch: "**/*.spec.ts" },
    {
      name: "bench",
      testMatch: "**/*.bench.ts",
      workers: 1,
      // An app in a process of its own, as users' browsers have it; Chromium without windows does not by itself.
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
  },
});

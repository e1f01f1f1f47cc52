import { defineConfig } from "@playwright/test";
import type { HubspotOptions } from "hubspot-calling-app/playwright";

const app = `http://localhost:${process.env.PORT ?? 3000}/`;

export default defineConfig<HubspotOptions>({
  testMatch: "*.e2e.ts",
  use: { app },
  webServer: { command: `npx vite --port ${new URL(app).port} --strictPort`, url: app, reuseExistingServer: true },
});

import type { Page } from "@playwright/test";
import { isLoopback } from "../http/loopback.ts";
import { asLocalhost, isWebUrl } from "../http/web-url.ts";
import type { ReplyMode } from "../simulator/crm/replies.ts";
import type { HubspotOptions } from "./options.ts";

/** Resolves when the app is ready. Rejects with an Error that says why the app is not ready. */
export async function loadSimulator(
  page: Page,
  simulator: string,
  { app, iframeLocation, usesCallingWindow, session, answers }: HubspotOptions,
): Promise<void> {
  const url = app === undefined ? undefined : loadedUrl(app);
  const parameters = { timeout: 10_000, ...session, iframeLocation, usesCallingWindow, app: url };
  const query = Object.entries(parameters).flatMap(([name, value]) =>
    value === undefined ? [] : [[name, `${value}`]],
  );
  await page.goto(`${simulator}?${new URLSearchParams(query)}`, { waitUntil: "domcontentloaded" });
  for (const [type, answer] of Object.entries(answers)) {
    const { how, delay = 0 } = typeof answer === "string" ? { how: answer } : answer;
    const args: [string, ReplyMode, number] = [type, how, delay];
    await page.evaluate((args) => window.hubspot.answer(...args), args);
  }
  // The simulator opens a confirm dialog before it loads an app from another machine.
  if (url !== undefined && !isOnThisMachine(url)) await page.locator("#goOn").click();
  await page.evaluate(() => window.hubspot.ready);
}

export function isOnThisMachine(url: string): boolean {
  return URL.canParse(url) && isLoopback(new URL(url).hostname);
}

function loadedUrl(app: string): string {
  if (isWebUrl(app)) return asLocalhost(app);
  throw new Error(`test.use: app "${app}" is not a web URL; use http://… or https://…`);
}

// An app is right to let only HubSpot load it, but the check has to load it in the simulator.
import type { Page } from "playwright-core";

/** Removes the headers that stop other sites from loading the app in an iframe. */
export async function admitSimulator(page: Page, app: string): Promise<void> {
  // The simulator must not see the headers: it would report them.
  await page.route("**/simulator/headers?*", (route) => route.abort());
  await page.route(`${new URL(app).origin}/**`, async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const { "x-frame-options": _, "content-security-policy": policy = "", ...headers } = response.headers();
    const rest = policy.replace(/frame-ancestors[^;,]*;?/gi, "");
    await route.fulfill({ response, headers: { ...headers, "content-security-policy": rest } });
  });
}

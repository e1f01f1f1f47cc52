// An app that admits only HubSpot is right, and the check has to load it in the simulator anyway.
import type { Page } from "playwright-core";

/** Removes from the app's pages the headers by which only HubSpot may frame them. */
export async function admitSimulator(page: Page, app: string): Promise<void> {
  // The simulator must not see the headers either: it would report them.
  await page.route("**/simulator/headers?*", (route) => route.abort());
  await page.route(`${new URL(app).origin}/**`, async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const { "x-frame-options": _, "content-security-policy": policy = "", ...headers } = response.headers();
    const rest = policy.replace(/frame-ancestors[^;,]*;?/gi, "");
    await route.fulfill({ response, headers: { ...headers, "content-security-policy": rest } });
  });
}

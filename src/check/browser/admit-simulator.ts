import type { Page } from "@playwright/test";

/** Lets the simulator load an app whose headers allow only HubSpot to load it. */
export async function admitSimulator(page: Page, app: string): Promise<void> {
  // If this request succeeded, the simulator would read the original headers and report them.
  await page.route("**/simulator/headers?*", (route) => route.abort());
  await page.route(`${new URL(app).origin}/**`, async (route) => {
    if (route.request().resourceType() !== "document") return route.continue();
    const response = await route.fetch({ maxRedirects: 0 });
    const { "x-frame-options": _, "content-security-policy": policy = "", ...headers } = response.headers();
    const rest = policy.replace(/frame-ancestors[^;,]*;?/gi, "");
    await route.fulfill({ response, headers: { ...headers, "content-security-policy": rest } });
  });
}

import type { BrowserContext } from "@playwright/test";

/**
 * Keeps `tel:`, `sip:` and similar links from replacing the app's page. In a user's browser, such a link opens
 * another program. In a headless browser, it shows an error page in the frame.
 */
export async function ignoreExternalLinks(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    // Firefox and WebKit may not have this API.
    window.navigation?.addEventListener("navigate", (event) => {
      if (!/^(https?|blob|data|about|javascript):/.test(event.destination.url)) event.preventDefault();
    });
  });
}

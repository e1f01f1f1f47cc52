import type { BrowserContext } from "@playwright/test";

/**
 * Keeps the browser from drawing the simulator's records and tabs, which change with every message but matter to no
 * scenario. The app's widget keeps its place and size.
 */
export async function leavePanelsUndrawn(context: BrowserContext, simulator: string): Promise<void> {
  await context.addInitScript((simulator) => {
    if (location.origin !== simulator) return;
    const style = new CSSStyleSheet();
    style.replaceSync("#crm, #work { content-visibility: hidden; }");
    document.adoptedStyleSheets.push(style);
  }, simulator);
}

import type { BrowserContext } from "@playwright/test";

/**
 * Keeps the simulator's page from drawing its records and tabs, and from printing to the console, because both take time
 * for every message, and no scenario needs them. The widget keeps its place and size.
 */
export async function reduceToWidget(context: BrowserContext, simulator: string): Promise<void> {
  await context.addInitScript((simulator) => {
    if (location.origin !== simulator) return;
    const style = new CSSStyleSheet();
    style.replaceSync("#crm > *, #work > * { display: none !important; }");
    document.adoptedStyleSheets.push(style);
    console.log = () => {};
  }, simulator);
}

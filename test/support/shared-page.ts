// The page that the tests in a worker share, because a new page takes 0.1 s of CPU time. After each test, the page is reset: it
// loses its listeners, routes and stored data. If a test makes a change that cannot be undone, the next test gets a new page.
import type { Browser, BrowserContext, CDPSession, Page } from "@playwright/test";
import { ports } from "./ports.ts";

const size = { width: 1280, height: 720 };
const simulatorOrigin = `http://127.0.0.1:${ports.HTTP_PORT}`;
/** A page of the simulator's origin that runs no script, because it is a JSON response. */
export const scriptlessPage = `${simulatorOrigin}/simulator/webhook`;
const appOrigin = `http://localhost:${ports.HTTP_PORT}`;
/** The storage keys of the app as a top-level page and in the simulator's iframe. The browser partitions the app's storage. */
const appStorage = [`${appOrigin}/`, `${appOrigin}/^0http://127.0.0.1`];
const pageEvents = [
  "console",
  "pageerror",
  "request",
  "requestfailed",
  "requestfinished",
  "response",
  "dialog",
] as const;
const contextEvents = ["page", "console", "weberror", "request", "response"] as const;

export class SharedPage {
  #page: Page | undefined;
  #session: CDPSession | undefined;
  #isChanged = false;

  async open(browser: Browser): Promise<Page> {
    if (this.#page) return this.#page;
    const context = await browser.newContext({ viewport: size });
    this.#page = await context.newPage();
    this.#session = await context.newCDPSession(this.#page);
    this.#isChanged = false;
    this.#watch(this.#page, "addInitScript", "emulateMedia", "exposeFunction", "exposeBinding");
    this.#watch(context, "addInitScript", "exposeFunction", "grantPermissions", "setOffline");
    this.#watch(context.clock, "install", "setFixedTime", "setSystemTime");
    return this.#page;
  }

  /** Records that a test calls one of these methods, whose effects cannot be undone. */
  #watch<Target extends object>(target: Target, ...names: (keyof Target & string)[]): void {
    for (const name of names) {
      const method: unknown = target[name];
      if (typeof method !== "function") throw new Error(`${name} is not a method`);
      const value = (...args: unknown[]) => {
        this.#isChanged = true;
        return method.apply(target, args);
      };
      Object.defineProperty(target, name, { value });
    }
  }

  /** Resets the page for the next test, or closes it. */
  async release(isReusable: boolean): Promise<void> {
    const page = this.#page;
    if (!page) return;
    if (!isReusable || this.#isChanged || page.isClosed()) return this.close();
    const context = page.context();
    for (const event of pageEvents) page.removeAllListeners(event);
    for (const event of contextEvents) context.removeAllListeners(event);
    for (const other of context.pages()) if (other !== page) await other.close();
    await page.unrouteAll({ behavior: "ignoreErrors" });
    await context.unrouteAll({ behavior: "ignoreErrors" });
    if (page.viewportSize()?.width !== size.width || page.viewportSize()?.height !== size.height)
      await page.setViewportSize(size);
    await clearStorage(context, page, this.#session);
  }

  async close(): Promise<void> {
    const page = this.#page;
    this.#page = undefined;
    await page?.context().close();
  }
}

async function clearStorage(context: BrowserContext, page: Page, session?: CDPSession): Promise<void> {
  // Only a page on the same origin, in the same tab, can clear sessionStorage.
  await page.goto(scriptlessPage, { waitUntil: "commit" });
  const storages = appStorage.map((storageKey) =>
    session?.send("Storage.clearDataForStorageKey", { storageKey, storageTypes: "local_storage" }),
  );
  await Promise.all([
    page.evaluate("sessionStorage.clear(); localStorage.clear()"),
    context.clearCookies(),
    ...storages,
  ]);
}

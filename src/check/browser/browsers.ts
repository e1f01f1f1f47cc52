// If an app crashes the browser, the next scenario starts a new browser.
import type { Browser } from "@playwright/test";
import { withTimeLimit } from "./time-limit.ts";

const closeTimeoutMs = 5000;

export class Browsers {
  readonly #launch: () => Promise<Browser>;
  #current: Promise<Browser> | undefined;
  #isClosed: boolean = false;

  constructor(launch: () => Promise<Browser>) {
    this.#launch = launch;
  }

  /** @throws the error of `launch`, or an Error after `close` */
  async get(): Promise<Browser> {
    if (this.#isClosed) throw new Error("The browser was closed.");
    const current = this.#current;
    if (current && (await current).isConnected()) return current;
    // In the meantime, another scenario may have started a new browser.
    if (this.#current === current) this.#current = this.#launch();
    return this.get();
  }

  /** Closes a browser that does not respond, so that the next `get` starts a new one. */
  async abandon(browser: Browser): Promise<void> {
    if ((await this.#current) === browser) this.#current = undefined;
    await closeInTime(browser);
  }

  async close(): Promise<void> {
    this.#isClosed = true;
    const browser = await this.#current?.catch(() => undefined);
    if (browser) await closeInTime(browser);
  }
}

/** If the browser does not close in time, Playwright kills its process later. */
async function closeInTime(browser: Browser): Promise<void> {
  await withTimeLimit(closeTimeoutMs, browser.close()).catch(() => {});
}

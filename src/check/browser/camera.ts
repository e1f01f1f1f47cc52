import type { Locator } from "@playwright/test";

/** Keeps the newest screenshot of the app. */
export class Camera {
  picture: Buffer | undefined;
  readonly #iframe: Locator;
  #isStopped: boolean = false;

  constructor(iframe: Locator) {
    this.#iframe = iframe;
  }

  async take(): Promise<void> {
    if (this.#isStopped) return;
    // Playwright cannot capture a hidden widget, so keep the previous screenshot.
    this.picture = await this.#iframe
      .screenshot({ type: "jpeg", quality: 70, timeout: 2000 })
      .catch(() => this.picture);
  }

  /** Later calls to `take` have no effect. */
  stop(): void {
    this.#isStopped = true;
  }
}

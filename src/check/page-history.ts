// Messages and findings of one scenario or one test. The simulator's page loses them when it reloads.
import type { Page } from "@playwright/test";
import type { Message } from "../simulator/calls/message.ts";
import type { Finding } from "../simulator/rules/finding.ts";

export class PageHistory {
  /** From before the last reload; after `close`, from the whole session. */
  readonly messages: Message[] = [];
  readonly findings: Finding[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async allMessages(): Promise<Message[]> {
    return [...this.messages, ...(await this.#page.evaluate(() => window.hubspot.messages()))];
  }

  /** Call it before a reload. */
  async keep(): Promise<void> {
    await this.#add(await this.#page.evaluate(() => window.hubspot.findings()));
  }

  async close(): Promise<void> {
    await this.#add(await this.#page.evaluate(() => window.hubspot.close()));
  }

  /** In the page, `about` counts from the last reload. */
  async #add(findings: readonly Finding[]): Promise<void> {
    const offset = this.messages.length;
    for (const finding of findings) {
      const { about } = finding;
      this.findings.push({ ...finding, ...(about !== undefined && { about: about + offset }) });
    }
    this.messages.push(...(await this.#page.evaluate(() => window.hubspot.messages())));
  }
}

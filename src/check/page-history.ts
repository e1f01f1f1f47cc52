// Messages and findings of one scenario, or of one test. The simulator's page forgets its own when it is reloaded.
import type { Page } from "@playwright/test";
import type { Message } from "../simulator/calls/message.ts";
import type { Finding } from "../simulator/rules/finding.ts";

export class PageHistory {
  /** Of the pages before the current one; after `close`, of all. */
  readonly messages: Message[] = [];
  readonly findings: Finding[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  /** All messages so far, those of the current page included. */
  async allMessages(): Promise<Message[]> {
    return [...this.messages, ...(await this.#page.evaluate(() => window.hubspot.messages()))];
  }

  /** Keeps what the current page has, before it is reloaded. */
  async keep(): Promise<void> {
    await this.#add(await this.#page.evaluate(() => window.hubspot.findings()));
  }

  /** Closes the session in the page; some rules report only then. */
  async close(): Promise<void> {
    await this.#add(await this.#page.evaluate(() => window.hubspot.close()));
  }

  /** A finding names a message by its index in its own page. */
  async #add(findings: readonly Finding[]): Promise<void> {
    const offset = this.messages.length;
    for (const finding of findings) {
      const { about } = finding;
      this.findings.push({ ...finding, ...(about !== undefined && { about: about + offset }) });
    }
    this.messages.push(...(await this.#page.evaluate(() => window.hubspot.messages())));
  }
}

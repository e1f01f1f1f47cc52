// Stores the messages and findings of a scenario or test, because the simulator's page loses them when it reloads.
import type { Page } from "@playwright/test";
import type { Message } from "../simulator/calls/message.ts";
import type { Finding } from "../simulator/rules/finding.ts";

export class PageHistory {
  /** Messages from before the last reload; after `close`, all messages. */
  readonly messages: Message[] = [];
  readonly findings: Finding[] = [];
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async allMessages(): Promise<Message[]> {
    return [...this.messages, ...(await this.#page.evaluate(() => window.hubspot.messages()))];
  }

  /** Call this before each reload. */
  async keep(): Promise<void> {
    await this.#add(await this.#page.evaluate(() => window.hubspot.findings()));
  }

  async close(): Promise<void> {
    await this.#add(await this.#page.evaluate(() => window.hubspot.close()));
  }

  /** On the page, `about` is an index into the messages since the last reload. */
  async #add(findings: readonly Finding[]): Promise<void> {
    const offset = this.messages.length;
    for (const finding of findings) {
      const { about } = finding;
      this.findings.push({ ...finding, ...(about !== undefined && { about: about + offset }) });
    }
    this.messages.push(...(await this.#page.evaluate(() => window.hubspot.messages())));
  }
}

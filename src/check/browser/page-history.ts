// Stores the messages and findings of a scenario or test, because the simulator's page loses them when it reloads.
import type { Page } from "@playwright/test";
import type { Message } from "../../simulator/calls/message.ts";
import type { Finding } from "../../simulator/rules/finding.ts";

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

  /** Returns the number of messages from this sender. */
  async count(from: Message["from"]): Promise<number> {
    const onPage = await this.#page.evaluate(
      (from) => window.hubspot.messages().filter((message) => message.from === from).length,
      from,
    );
    return this.messages.filter((message) => message.from === from).length + onPage;
  }

  /** Call this before each reload. */
  async keep(): Promise<void> {
    this.#add(
      await this.#page.evaluate(() => ({ findings: window.hubspot.findings(), messages: window.hubspot.messages() })),
    );
  }

  async close(): Promise<void> {
    this.#add(
      await this.#page.evaluate(async () => ({
        findings: await window.hubspot.close(),
        messages: window.hubspot.messages(),
      })),
    );
  }

  /** On the page, `about` is an index into the messages since the last reload. */
  #add({ findings, messages }: { findings: readonly Finding[]; messages: readonly Message[] }): void {
    const offset = this.messages.length;
    for (const finding of findings) {
      const { about } = finding;
      this.findings.push({ ...finding, ...(about !== undefined && { about: about + offset }) });
    }
    this.messages.push(...messages);
  }
}

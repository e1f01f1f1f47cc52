// The simulator on http://127.0.0.1, with the project's calling app or an app that the test serves.
import { createServer, type ServerResponse } from "node:http";
import { expect, type FrameLocator, type Page } from "@playwright/test";
import type { Engagement } from "../../src/simulator/calls/engagement.ts";
import type { Message } from "../../src/simulator/calls/message.ts";
import type { Finding } from "../../src/simulator/rules/finding.ts";
import { test as base } from "./host.ts";
import { ports } from "./ports.ts";
import { scriptlessPage } from "./shared-page.ts";

export const simulatorUrl = `http://127.0.0.1:${ports.HTTP_PORT}/`;

export class Simulator {
  readonly app: FrameLocator;

  constructor(readonly page: Page) {
    this.app = page.frameLocator("#frame iframe");
  }

  async open(parameters: Record<string, string> = {}): Promise<void> {
    await this.page.goto(`${simulatorUrl}?${new URLSearchParams(parameters)}`, { waitUntil: "domcontentloaded" });
  }

  /** Opens the simulator and waits until the app is ready. */
  async ready(parameters: Record<string, string> = {}): Promise<void> {
    await this.open(parameters);
    await this.page.evaluate(() => window.hubspot.ready);
  }

  /** Loads another app, at a URL without a path, into the open page. */
  async load(url: string): Promise<void> {
    await this.page.locator("#appUrl").fill(url);
    await this.page.locator("#appUrl").press("Enter");
    await expect(this.page.locator("#name")).toHaveText(new URL(url).host);
  }

  /** Stores data for the next page. Does not open the simulator, which would take longer. */
  async store(entries: Record<string, string>): Promise<void> {
    await this.page.goto(scriptlessPage);
    await this.page.evaluate((stored) => {
      for (const [key, value] of Object.entries(stored)) localStorage.setItem(key, value);
    }, entries);
  }

  /** Clicks a button in the app, and waits for the app's message. */
  async press(method: string, type: string): Promise<Message> {
    await this.app.locator(`#${method}`).click();
    return this.sent(type);
  }

  /** Dials, starts the call in the project's app, and waits until the app knows the engagement. */
  async startCall(): Promise<void> {
    await this.dial();
    await this.press("outgoingCall", "OUTGOING_CALL_STARTED");
    await expect(this.app.locator("[name=engagementId]")).not.toHaveValue("");
  }

  /** Loads the app as a remote, dials, and waits until the app in the calling window has received the number. */
  async dialInWindow(): Promise<Simulator> {
    await this.ready({ iframeLocation: "remote" });
    const opening = this.page.context().waitForEvent("page");
    // The app's form contains the record's other number from the start.
    await this.page.getByRole("button", { name: "Call +18005550152" }).click();
    const inWindow = new Simulator(await opening);
    await expect(inWindow.app.locator("[name=toNumber]")).toHaveValue("+18005550152");
    return inWindow;
  }

  sent(type: string): Promise<Message> {
    return this.page.evaluate((wanted) => window.hubspot.waitFor(wanted, 60_000), type);
  }

  dial(call?: { recordId?: number; phoneNumber?: string }): Promise<void> {
    return this.page.evaluate((target) => window.hubspot.dial(target), call);
  }

  send(type: string, data?: unknown): Promise<void> {
    return this.page.evaluate(([name, payload]) => window.hubspot.send(String(name), payload), [type, data]);
  }

  answer(type: string, outcome: "succeed" | "fail" | "never", delayMs?: number): Promise<void> {
    return this.page.evaluate((reply) => window.hubspot.answer(reply.type, reply.outcome, reply.delayMs), {
      type,
      outcome,
      delayMs,
    });
  }

  findings(): Promise<Finding[]> {
    return this.page.evaluate(() => window.hubspot.findings());
  }

  async rules(): Promise<string[]> {
    return (await this.findings()).map(({ rule }) => rule);
  }

  messages(from: "app" | "hubspot"): Promise<Message[]> {
    return this.page.evaluate((sender) => window.hubspot.messages().filter((message) => message.from === sender), from);
  }

  engagements(): Promise<Engagement[]> {
    return this.page.evaluate(() => window.hubspot.engagements());
  }

  /** Opens one of the simulator's tabs, such as "Messages". */
  async tab(name: string): Promise<void> {
    await this.page.getByRole("tab", { name }).click();
  }
}

/** A minimal app without the SDK. The script runs on the first SYNC. */
export const minimalApp = (script: string) => `<!doctype html><title>Another app</title><script>
  let isConnected = false;
  addEventListener("message", ({ data, source, origin }) => {
    if (data.type !== "SYNC" || isConnected) return;
    isConnected = true;
    const post = (message) => source.postMessage({ messageId: String(Math.random()), ...message }, origin);
    ${script}
  });
</script>`;
export const acknowledge = `post({ ...data, type: "SYNC_ACK", version: "1.2.3" });`;
export const initialize = `${acknowledge} post({ type: "INITIALIZED", data: { isLoggedIn: true } });`;
/** Returns a script that blocks the app's page until the server responds. Unlike a loop, it uses no processor time. */
export const blockUntilAnswered = (url: string) =>
  `const request = new XMLHttpRequest(); request.open("GET", ${JSON.stringify(url)}, false); request.send();`;
/** Runs in the page. Resolves after the page has rendered the changes so far. */
export const nextFrames = () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
/** A page that is not a calling app. */
export const silentApp = "<!doctype html><title>Silent</title>";

type Serve = (answer: (response: ServerResponse) => void, host?: string) => Promise<string>;

export const test = base.extend<{ simulator: Simulator; serve: Serve }>({
  simulator: async ({ page }, use) => {
    await use(new Simulator(page));
  },
  /** Serves a calling app for one test, by default on a different site from the simulator, and returns its URL. */
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
  serve: async ({}, use) => {
    const servers = new Set<ReturnType<typeof createServer>>();
    await use(async (answer, host = "localhost") => {
      const server = createServer((_request, response) => {
        response.setHeader("content-type", "text/html");
        answer(response);
      });
      servers.add(server);
      await new Promise<void>((resolve) => server.listen(0, host, resolve));
      const address = server.address();
      return `http://${host}:${typeof address === "object" ? address?.port : ""}/`;
    });
    for (const server of servers) server.close();
  },
});

export { expect };

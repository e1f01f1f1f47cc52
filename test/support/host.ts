// A small host page on http://127.0.0.1 that loads the app from http://localhost, which is another site, as in HubSpot.
// It implements only the protocol, so tests that use it do not depend on the simulator.
import { createServer } from "node:http";
import { test as base, type FrameLocator, type Page } from "@playwright/test";
import type { CheckHost } from "../../src/check/browser/check-host.ts";
import { withoutDrawing } from "./browser.ts";
import { ports } from "./ports.ts";
import { SharedPage } from "./shared-page.ts";
import { openWorkspace, type Workspace } from "./workspace.ts";

export const appUrl = `http://localhost:${ports.HTTP_PORT}/`;

export type Message = { type: string; messageId: string; data?: unknown; [field: string]: unknown };

/** The fields of SYNC, which are at the top level of the message. */
export const sync = {
  portalId: 62515,
  userId: 9,
  ownerId: 42,
  iframeLocation: "widget",
  usesCallingWindow: true,
};

const hostPage = `<!doctype html><title>Host</title><body style="margin:0;display:flex"><script>
  const received = [], ids = { next: 0 };
  const post = (name, message) => document.getElementsByName(name)[0].contentWindow.postMessage(message, "*");
  const send = (type, data, name = "app") => post(name, { type, data, messageId: "host_" + ids.next++ });
  const load = (fields, name = "app") => {
    const iframe = Object.assign(document.createElement("iframe"), { name, src: ${JSON.stringify(appUrl)} });
    iframe.style = "border:0;flex:1;height:100vh";
    document.body.append(iframe);
    const timer = setInterval(() => {
      post(name, { type: "SYNC", messageId: "host_" + ids.next++, hostUrl: location.origin, ...fields });
    }, 20);
    addEventListener("message", ({ data, source }) => {
      if (source !== iframe.contentWindow) return;
      if (data.type === "SYNC_ACK") clearInterval(timer);
      received.push({ ...data, name });
    });
  };
  /** Resolves with the first message of this type after the first \`count\` messages. */
  const after = async (count, type) => {
    const find = () => received.slice(count).find((message) => message.type === type);
    while (!find()) await new Promise((resolve) => setTimeout(resolve, 5));
    return find();
  };
</script>`;

export class Host {
  readonly app: FrameLocator;

  constructor(
    readonly page: Page,
    readonly url: string,
  ) {
    this.app = page.frameLocator("iframe[name=app]");
  }

  /** Loads the app and waits until it has answered READY. */
  async open(fields: object = {}): Promise<void> {
    await this.page.goto(this.url);
    await this.load(fields);
    await this.app.locator("#status[data-state=ready]").waitFor();
  }

  /** Adds an iframe with the app, and sends SYNC with these fields until the app acknowledges it. */
  async load(fields: object = {}, name = "app"): Promise<void> {
    await this.page.evaluate(`load(${JSON.stringify({ ...sync, ...fields })}, ${JSON.stringify(name)})`);
  }

  async send(type: string, data?: unknown, name = "app"): Promise<void> {
    await this.page.evaluate(`send(${JSON.stringify(type)}, ${JSON.stringify(data)}, ${JSON.stringify(name)})`);
  }

  /** Posts the value of a JavaScript expression to the app. */
  async post(expression: string): Promise<void> {
    await this.page.evaluate(`post("app", ${expression})`);
  }

  /** Returns the messages that the app has sent so far, except SYNC_ACK. */
  async received(name = "app"): Promise<Message[]> {
    const all: (Message & { name: string })[] = await this.page.evaluate("received");
    return all.filter((message) => message.name === name && message.type !== "SYNC_ACK");
  }

  /** Waits for a message of this type, and returns the newest message of this type. */
  async next(type: string, name = "app"): Promise<Message> {
    const matching = `received.filter((message) => message.type === "${type}" && message.name === "${name}")`;
    await this.page.waitForFunction(`${matching}.length > 0`);
    return this.page.evaluate(`${matching}.at(-1)`);
  }

  /** Clicks a button in the app, and returns the app's message. */
  async press(method: string, type: string): Promise<Message> {
    const count = await this.page.evaluate("received.length");
    await this.app.locator(`#${method}`).click();
    return this.page.evaluate(`after(${count}, "${type}")`);
  }

  field(name: string) {
    return this.app.locator(`[name=${name}]`);
  }

  /** Returns all log rows, or only rows with this wire type and sender. Notes have no sender. */
  records(type?: string, from?: "hubspot" | "app" | "note") {
    const types = type ? `[data-type="${type}"]` : "";
    const senders = { hubspot: "[data-from=hubspot]", app: "[data-from=app]", note: ":not([data-from])" };
    return this.app.locator(`#log > *${types}${from ? senders[from] : ""}`);
  }
}

type TestFixtures = { host: Host; errors: string[]; workspace: Workspace };
type WorkerFixtures = { hostUrl: string; sharedPage: SharedPage; checkHost: CheckHost };

export const test = base.extend<TestFixtures, WorkerFixtures>({
  launchOptions: [
    async ({ launchOptions }, use, { project }) => {
      // Benchmarks, screenshots and people who pass --headed need what the browser draws.
      const drawsNothing = project.name === "tests" && project.use.headless !== false;
      const args = [...(launchOptions.args ?? []), ...(drawsNothing ? withoutDrawing : [])];
      await use({ ...launchOptions, args });
    },
    { scope: "worker" },
  ],
  sharedPage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
    async ({}, use) => {
      const sharedPage = new SharedPage();
      await use(sharedPage);
      await sharedPage.close();
    },
    { scope: "worker" },
  ],
  page: async ({ browser, sharedPage }, use, testInfo) => {
    await use(await sharedPage.open(browser));
    // Benchmarks and screenshots need new pages.
    await sharedPage.release(testInfo.project.name === "tests" && testInfo.status === testInfo.expectedStatus);
  },
  context: async ({ page }, use) => use(page.context()),
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
  workspace: async ({}, use) => {
    const workspace = await openWorkspace();
    await use(workspace);
    await workspace.close();
  },
  hostUrl: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
    async ({}, use) => {
      const server = createServer((_request, response) => {
        response.setHeader("content-type", "text/html").end(hostPage);
      });
      await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
      const address = server.address();
      await use(`http://127.0.0.1:${typeof address === "object" ? address?.port : ""}/`);
      server.close();
    },
    { scope: "worker" },
  ],
  // This fixture is here because a worker runs only tests with the same worker fixtures. Otherwise, Playwright would run the
  // checks, which mostly wait, at the end and in new workers.
  checkHost: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
    async ({}, use) => {
      const { openCheckHost } = await import("../../src/check/browser/check-host.ts");
      const host = await openCheckHost({ pages: `.serve/${ports.HTTP_PORT}`, browserOptions: withoutDrawing });
      await use(host);
      await host.close();
    },
    { scope: "worker" },
  ],
  /** Exceptions and console errors in any frame, except violations of a report-only Content-Security-Policy. */
  errors: async ({ page }, use) => {
    const errors: string[] = [];
    page.on("pageerror", ({ message }) => errors.push(message));
    page.on("console", (message) => {
      const isError = message.type() === "error" && !message.text().includes("report-only");
      if (isError) errors.push(message.text());
    });
    await use(errors);
  },
  host: async ({ page, hostUrl }, use) => {
    await use(new Host(page, hostUrl));
  },
});

export { expect } from "@playwright/test";

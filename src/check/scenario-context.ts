// One scenario's own page: the simulator with the app in it, in a browser context that shares nothing with another.
import { setTimeout as sleep } from "node:timers/promises";
import type { Browser, Frame, Page } from "playwright-core";
import { isLoopback } from "../http/loopback.ts";
import type { Message, Finding as SimulatorFinding } from "../simulator/rules/engine.ts";
import { type Finding, finding, type RuleName } from "./findings.ts";
import { type Steps, within } from "./user-actions.ts";

/** What every scenario of one check has in common. */
export type Theatre = {
  browser: Browser;
  /** Origin of the simulator. */
  simulator: string;
  /** The app's URL, as it is framed. */
  app: string;
  /** Milliseconds that the app may take for what it is asked. */
  timeout: number;
  steps: Steps;
  /** Whether there is to be a picture. */
  pictures: boolean;
  /** Changes what the context loads, where that is needed to frame the app at all. */
  prepare(page: Page): Promise<void>;
};

/** Milliseconds that the simulator's own page may take to load, be the machine as busy as it is. */
const ownPatience = 60_000;
/** Milliseconds without a message after which an app is taken to have done what it does. */
const quiet = 300;

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** Opens a page. Nothing is framed before `open`. */
export async function openStage({ browser, simulator, app, timeout, steps, pictures, prepare }: Theatre) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    // A certificate of this machine's own is trusted or not by the users' browsers, not by this one.
    ignoreHTTPSErrors: isLoopback(new URL(app).hostname),
  });
  context.setDefaultTimeout(timeout);
  context.setDefaultNavigationTimeout(Math.max(timeout, ownPatience)); // of the simulator's page, not of the app's
  const page = await context.newPage();
  const findings: Finding[] = [];
  const forgiven: string[] = [];
  const console: string[] = [];
  let earlier: { messages: Message[]; findings: SimulatorFinding[] } = { messages: [], findings: [] };
  /** What was being done when an error comes that nobody caught. */
  let doing = "";
  let picture: Buffer | undefined;

  page.on("pageerror", ({ message, stack = "" }) => {
    if (isOfSimulator(stack)) found("broken-off", `${doing}, in the simulator's own page: ${message}`);
    else found("uncaught", `${doing}: ${message}`);
  });
  page.on("console", (message) => {
    if (!isOfSimulator(message.location().url)) console.push(`${message.type()}: ${message.text()}`);
  });
  // The simulator asks before it leaves a running call; here that is meant.
  page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));

  const isOfSimulator = (where: string) => where.includes(simulator) && !where.includes(new URL(app).origin);

  function found(rule: RuleName, message: string): void {
    if (!findings.some((one) => one.rule === rule && one.message === message)) findings.push(finding(rule, message));
  }

  /** Frames the app. Parameters are the simulator's own, as `iframeLocation=remote`. */
  async function open(parameters: Record<string, string> = {}): Promise<void> {
    await prepare(page);
    const address = new URLSearchParams({ app, timeout: `${timeout}`, ...parameters });
    await during("while it loads", () => page.goto(`${simulator}/?${address}`, { waitUntil: "domcontentloaded" }));
    // Of an app of another machine the simulator asks first.
    if (!isLoopback(new URL(app).hostname)) await page.locator("#goOn").click();
  }

  async function during<T>(what: string, act: () => Promise<T>): Promise<T> {
    doing = what;
    return act();
  }

  /** Waits until the app has answered SYNC and said initialized; the rest of the scenario has no sense otherwise. */
  async function ready(): Promise<boolean> {
    const asked = page.evaluate(() =>
      window.hubspot.ready.then(
        () => "",
        (error: Error) => error.message,
      ),
    );
    // The simulator's own limit is for SYNC, and then again for initialized.
    const why = await within(2 * timeout + 1000, asked).catch(() => `it was not ready within ${timeout} ms`);
    if (why) found("not-ready", why);
    return why === "";
  }

  /** The app's messages so far, those before a navigation included; or what HubSpot sent it. */
  async function messages(from: Message["from"]): Promise<Message[]> {
    const now = await page.evaluate(() => window.hubspot.messages());
    return [...earlier.messages, ...now].filter((message) => message.from === from);
  }

  let framed: Frame | undefined;

  /** The frame with the app: the simulator's page has no other of its own. */
  async function frame(): Promise<Frame> {
    if (!framed || framed.isDetached()) {
      framed = page.mainFrame().childFrames()[0] ?? (await page.waitForEvent("frameattached"));
    }
    return framed;
  }

  /** Sends an event, and waits until the app's page has had a turn. */
  async function send(type: string, data: unknown, what: string = type): Promise<void> {
    await during(`on ${what}`, () =>
      page.evaluate(([name, payload]) => window.hubspot.send(String(name), payload), [type, data]),
    );
    const app = await frame();
    await within(
      timeout,
      app.evaluate(() => new Promise((resolve) => setTimeout(resolve))),
    ).catch(() => {
      found("not-ready", `on ${what}: the app's page does not run any more`);
    });
  }

  /** Waits until the app has sent nothing for a while. */
  async function settled(): Promise<void> {
    for (let before = -1; ; ) {
      const { length } = await messages("app");
      if (length === before) return;
      before = length;
      await sleep(quiet);
    }
  }

  /** Whether the app has sent a message of this type since it had sent `after` of all; waits for it. */
  async function sent(type: string, after: number, patience = timeout): Promise<Message | undefined> {
    for (const end = performance.now() + patience; ; await sleep(50)) {
      const found = (await messages("app")).slice(after).find((message) => message.type === type);
      if (found || performance.now() > end) return found;
    }
  }

  /** Loads the whole page anew, as HubSpot does when its user goes to another record. */
  async function navigate(): Promise<void> {
    earlier = await taken();
    await during("after HubSpot loaded its page anew", () => page.reload({ waitUntil: "domcontentloaded" }));
  }

  async function taken(): Promise<typeof earlier> {
    const now = await page.evaluate(() => ({
      messages: window.hubspot.messages(),
      findings: window.hubspot.findings(),
    }));
    return {
      messages: [...earlier.messages, ...now.messages],
      findings: [...earlier.findings, ...now.findings.map(behind(earlier.messages.length))],
    };
  }

  /** A page's findings are about messages of its own: here they come behind so many. */
  const behind = (before: number) => (finding: SimulatorFinding) => ({
    ...finding,
    ...(finding.about !== undefined && { about: finding.about + before }),
  });

  async function takePicture(): Promise<void> {
    if (!pictures) return;
    const shown = page.locator("#frame iframe");
    // Of a widget that is hidden there is none.
    picture = await shown.screenshot({ type: "jpeg", quality: 70, timeout: 2000 }).catch(() => picture);
  }

  /** The findings of the simulator: with those that only the end of the frame brings. */
  async function end(): Promise<SimulatorFinding[]> {
    await takePicture();
    const before = earlier.messages.length;
    earlier = { ...(await taken()), findings: earlier.findings };
    const findings = await during("when its frame is closed", () => page.evaluate(() => window.hubspot.close()));
    return [...earlier.findings, ...findings.map(behind(before))];
  }

  return {
    page,
    timeout,
    steps,
    open,
    ready,
    messages,
    frame,
    send,
    settled,
    sent,
    navigate,
    during,
    found,
    /** What follows from a fault that is found already: these rules of the simulator's say nothing more. */
    forgive: (...rules: string[]) => void forgiven.push(...rules),
    takePicture,
    end,
    close: () => context.close(),
    /** What the report shows of it. */
    evidence: () => ({ findings, forgiven, messages: earlier.messages, console, picture }),
  };
}

// hubspot-calling-app/mock: simulates HubSpot in unit tests, without a browser, server or network.
import type { Engagement } from "../simulator/calls/engagement.ts";
import type { Message } from "../simulator/calls/message.ts";
import { startTimer } from "../simulator/common/start-timer.ts";
import { createEngagements } from "../simulator/crm/engagements.ts";
import type { ReplyMode } from "../simulator/crm/replies.ts";
import { sampleRecords } from "../simulator/crm/sample-records.ts";
import type { Finding } from "../simulator/rules/finding.ts";
import { type DialOptions, dialedCall, dialHere } from "../simulator/session/dial.ts";
import { createMessageQueue } from "../simulator/session/message-queue.ts";
import { createReadiness, quiet, type Readiness } from "../simulator/session/readiness.ts";
import { Session } from "../simulator/session/session.ts";
import type { Answers, SessionOptions } from "../simulator/session/session-options.ts";
import { setReply } from "../simulator/session/set-reply.ts";
import type { Settings } from "../simulator/session/settings.ts";
import { createTestWindow, type TestWindow } from "./test-window.ts";

export type { Engagement } from "../simulator/calls/engagement.ts";
export type { Message } from "../simulator/calls/message.ts";
export type { Finding } from "../simulator/rules/finding.ts";
export type { Answers, SessionOptions } from "../simulator/session/session-options.ts";
export type { TestWindow } from "./test-window.ts";

/**
 * @example
 * const options: MockOptions = { session: { portalId: 7 }, answers: { OUTGOING_CALL_STARTED: "fail" } };
 */
export interface MockOptions {
  /** The app's window; `globalThis.window` by default. */
  window?: TestWindow;
  /** HubSpot's origin; "https://app.hubspot.com" by default. */
  origin?: string;
  /** The value of iframeLocation in SYNC: where HubSpot loads the app; "widget" by default. */
  iframeLocation?: Settings["iframeLocation"];
  /**
   * The value of usesCallingWindow in SYNC: whether the user's calls take place in the calling window; true by default.
   */
  usesCallingWindow?: boolean;
  /** As in the Playwright fixture, except that `timeout` is 1,000 ms by default. */
  session?: SessionOptions;
  answers?: Answers;
}

/** The methods have the same names as in the Playwright fixture. src/mock/README.md describes the differences. */
export interface MockHubspot {
  /**
   * Resolves with the SDK's version when the app has sent SYNC_ACK and INITIALIZED (only SYNC_ACK if HubSpot expects this
   * frame to be silent). Rejects with the reason if the app does not send them within `session.timeout` or is
   * closed.
   */
  readonly ready: Promise<{ version: string }>;
  /** Resolves when the app reports a logged-in user. Rejects when `ready` rejects. */
  readonly loggedIn: Promise<void>;
  /**
   * Waits until the app is ready, and sends DIAL_NUMBER. By default, dials the first number of the first record. Resolves
   * when the app's handler has run. Rejects if `ready` rejects, if the record does not exist, if there is no number to dial, if
   * the app's user is not logged in, or, unless `force` is true, while a call is in progress.
   * @example
   * await hubspot.dial({ recordId: 52, phoneNumber: "+18005550151" });
   */
  dial(call?: DialOptions): Promise<void>;
  /** Sends an event of any type without validating it. Resolves when the app's handler has run. */
  send(type: string, data?: unknown): Promise<void>;
  /**
   * Sets how HubSpot replies to messages of this type from now on.
   * @param delay milliseconds, 0 by default
   */
  answer(type: string, how: ReplyMode, delay?: number): void;
  /**
   * Resolves with the app's first message of this type that no earlier `waitFor` has received, even if the app has already
   * sent the message. Rejects after the time limit.
   * @param timeout time limit in milliseconds, 1,000 by default
   */
  waitFor(type: string, timeout?: number): Promise<Message>;
  /** Returns all messages, oldest first. */
  messages(): Message[];
  engagements(): Engagement[];
  findings(): Finding[];
  /**
   * Unloads the app, as HubSpot does when the user opens another record. The app's listeners receive no more messages, so
   * create the app again, and await `ready`.
   */
  reload(): void;
  /** Unloads the app, restores the window, and resolves with all findings, including those about missing messages. */
  close(): Promise<Finding[]>;
}

/** The simulator's default settings, except for a shorter time limit. */
export const defaults: Settings = {
  portalId: 62515,
  userId: 9,
  ownerId: 42,
  iframeLocation: "widget",
  usesCallingWindow: true,
  syncDelay: 0,
  withoutOwner: false,
  withoutUser: false,
  callQueue: false,
  twice: false,
  sendsDeprecated: false,
  timeout: 1000,
};

/**
 * Simulates HubSpot in a unit test's window, with the simulator's replies and rules. Create the app afterwards, because it
 * must post its messages to the `window.parent` that this function sets. Call `close` after each test.
 * @throws an Error if there is no window
 * @example
 * const hubspot = createHubspot();
 * startSoftphone(); // instantiates the SDK
 * await hubspot.dial({ recordId: 51 });
 * expect((await hubspot.waitFor("OUTGOING_CALL_STARTED")).data).toMatchObject({ toNumber: "+18005550151" });
 * await hubspot.close();
 */
export function createHubspot(options: MockOptions = {}): MockHubspot {
  const { origin = "https://app.hubspot.com", answers = {} } = options;
  const storage = createStorage();
  const engagements = createEngagements(storage, () => {});
  const loader = createTestWindow(windowOf(options), origin);
  const session = new Session(loader, settingsOf(options), engagements, storage);
  const readiness = createReadiness(session);
  const queue = createMessageQueue(session);
  for (const [type, answer] of Object.entries(answers)) {
    const { how, delay = 0 } = typeof answer === "string" ? { how: answer } : answer;
    setReply(session, type, how, delay);
  }
  const ready = createReady(session, readiness);
  session.choose({ name: "App", url: "http://localhost/", width: 400, height: 650 });

  return {
    get ready() {
      return ready();
    },
    get loggedIn() {
      return readiness.loggedIn;
    },
    async dial(call = {}) {
      await ready();
      await dialHere(session, readiness, dialedCall(call, sampleRecords), call.force === true);
    },
    async send(type, data) {
      session.send(type, data);
      await Promise.resolve();
    },
    answer: (...args) => setReply(session, ...args),
    waitFor: (type, timeout = 1000) => quiet(queue.waitFor(type, timeout)),
    messages: () => [...session.messages],
    engagements: () => [...engagements.all()],
    findings: () => [...session.findings],
    reload: () => session.reload(),
    async close() {
      session.close();
      return [...session.findings];
    },
  };
}

function windowOf({ window = globalThis.window }: MockOptions): TestWindow {
  if (window) return window;
  throw new Error(
    "createHubspot: there is no window; run the test in jsdom or happy-dom, or set the `window` option to an EventTarget",
  );
}

function settingsOf({ iframeLocation, usesCallingWindow, session }: MockOptions): Settings {
  return {
    ...defaults,
    ...session,
    ...(iframeLocation !== undefined && { iframeLocation }),
    ...(usesCallingWindow !== undefined && { usesCallingWindow }),
  };
}

/** The time limit starts when the test reads `ready`, because importing the app may take longer than the limit. */
function createReady(session: Session, readiness: Readiness): () => Promise<{ version: string }> {
  let hasAnswered = false;
  session.on("loading", () => {
    hasAnswered = false;
  });
  session.on("acknowledged", () => {
    hasAnswered = true;
  });

  return () => {
    const { ready } = readiness;
    const { timeout } = session.settings;
    const timer = startTimer(() => {
      const advice = "create the app after createHubspot, and post its messages to window.parent";
      if (!hasAnswered) session.report("no-answer", `the app did not answer SYNC within ${timeout} ms; ${advice}`);
    }, timeout);
    const stop = () => clearTimeout(timer);
    ready.then(stop, stop);
    return ready;
  };
}

function createStorage() {
  const stored = new Map<string, string>();
  return {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
    removeItem: (key: string) => void stored.delete(key),
  };
}

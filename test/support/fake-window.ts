// A session without a browser, with a fake window and a fake clock. The test sends the app's messages and advances the clock.
import { defaults } from "../../src/mock/create-hubspot.ts";
import { createEngagements } from "../../src/simulator/crm/engagements.ts";
import { createAppIframe } from "../../src/simulator/session/app-iframe.ts";
import { Session } from "../../src/simulator/session/session.ts";
import type { SessionEvents } from "../../src/simulator/session/session-events.ts";
import type { Settings } from "../../src/simulator/session/settings.ts";
import { openStorage } from "./tabs.ts";

export const usualSettings: Settings = { ...defaults, timeout: 30_000 };
const origin = "http://localhost:9026";

type Posted = { type: string; messageId: string; data?: unknown; [field: string]: unknown };
type Timer = { at: number; every?: number; call: () => void };

/** An iframe that records the messages posted to its origin. */
type Iframe = EventTarget & { contentWindow: object; received: Posted[]; src: string; origin: string };

/** Creates a clock that only `wait` advances. Times are in milliseconds. */
function openClock() {
  const timers = new Map<number, Timer>();
  let now = 0;
  let count = 0;
  function start(call: () => void, pause: number, every?: number): number {
    timers.set(++count, { at: now + pause, call, ...(every && { every }) });
    return count;
  }
  const stop = (timer: number) => void timers.delete(timer);
  return {
    now: () => now,
    timing: {
      setTimeout: (call: () => void, pause = 0) => start(call, pause),
      setInterval: (call: () => void, pause: number) => start(call, pause, pause),
      clearTimeout: stop,
      clearInterval: stop,
    },
    /** Advances the clock, and runs the timers that become due, in order. */
    wait(milliseconds: number): void {
      const end = now + milliseconds;
      for (;;) {
        const [due] = [...timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at);
        if (!due) break;
        const [id, { at, every, call }] = due;
        now = at;
        if (every) timers.set(id, { at: at + every, every, call });
        else timers.delete(id);
        call();
      }
      now = end;
    },
  };
}

/** Creates a session in the window, with test helpers. */
function openIn(
  window: EventTarget,
  wait: (milliseconds: number) => void,
  frames: Iframe[],
  settings: Partial<Settings>,
) {
  const parent = Object.assign(Object.create(null), { replaceChildren: (next: Iframe) => void frames.push(next) });
  const engagements = createEngagements(openStorage(), () => {});
  const session = new Session(createAppIframe(parent), { ...usualSettings, ...settings }, engagements);

  /** Posts a message, by default from the page in the iframe and with that page's origin. */
  function post(
    message: object,
    from: { contentWindow: object } | undefined = frames.at(-1),
    itsOrigin = origin,
  ): void {
    const data = structuredClone({ messageId: "by hand", ...message });
    const source = from?.contentWindow ?? null;
    window.dispatchEvent(Object.assign(new Event("message"), { source, origin: itsOrigin, data }));
  }
  const app = (type: string, data?: unknown) => post({ type, ...(data !== undefined && { data }) });
  const syncs = () => frames.at(-1)?.received.filter(({ type }) => type === "SYNC") ?? [];

  function load(): void {
    frames.at(-1)?.dispatchEvent(new Event("load"));
  }
  /** Loads the page and acknowledges SYNC, but sends nothing else. */
  function acknowledge(): void {
    load();
    wait(100);
    post({ ...syncs().at(-1), type: "SYNC_ACK", version: "0.9.7" });
  }

  return {
    session,
    engagements,
    frames,
    wait,
    post,
    app,
    syncs,
    load,
    acknowledge,
    open: (path = "") => session.choose({ name: "App", url: `${origin}/${path}`, width: 400, height: 650 }),
    /** Like `acknowledge`, but also sends initialized with a logged-in user. */
    initialize(): void {
      acknowledge();
      app("INITIALIZED", { isLoggedIn: true });
    },
    /** Returns a list that collects the events of this type from now on. */
    listen<Type extends keyof SessionEvents>(type: Type): SessionEvents[Type][] {
      const events: SessionEvents[Type][] = [];
      session.on(type, (event) => events.push(event));
      return events;
    },
    rules: () => session.findings.map(({ rule }) => rule),
    /** Returns the types of HubSpot's messages. The first message to each page is READY. */
    sent: () => session.messages.filter(({ from }) => from === "hubspot").map(({ type }) => type),
    ready: () => session.messages.findLast(({ type }) => type === "READY")?.data,
  };
}
export type InWindow = ReturnType<typeof openIn>;

/** Defines globals while the body runs. The body must be synchronous. */
export function during(globals: { [name: string]: unknown }, body: () => void): void {
  const before = Object.keys(globals).map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)] as const);
  for (const [name, value] of Object.entries(globals)) {
    Object.defineProperty(globalThis, name, { value, configurable: true });
  }
  try {
    body();
  } finally {
    for (const [name, was] of before) {
      if (was) Object.defineProperty(globalThis, name, was);
      else Reflect.deleteProperty(globalThis, name);
    }
  }
}

/** Runs the body with a session in a fake window. */
export function inWindow(settings: Partial<Settings>, body: (session: InWindow) => void): void {
  const { now, timing, wait } = openClock();
  const window = Object.assign(new EventTarget(), timing);
  const frames: Iframe[] = [];
  function createElement(): Iframe {
    const received: Posted[] = [];
    const contentWindow = {
      postMessage(message: Posted, target: string): void {
        if (target === "*" || target === iframe.origin) received.push(message);
      },
    };
    const iframe = Object.assign(new EventTarget(), { contentWindow, received, src: "", origin, remove() {} });
    return iframe;
  }
  const location = { origin: "http://127.0.0.1:9026" };
  const storages = { sessionStorage: openStorage() };
  const around = { window, location, document: { createElement }, performance: { now }, ...timing, ...storages };
  during(around, () => body(openIn(window, wait, frames, settings)));
}

/** Like `inWindow`, but runs the body after the app has sent initialized with a logged-in user. */
export const withApp = (settings: Partial<Settings>, body: (session: InWindow) => void) =>
  inWindow(settings, (session) => {
    session.open();
    session.initialize();
    body(session);
  });

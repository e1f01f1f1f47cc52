// A session without a browser: a window that its frame hears, an app that says what the test says, and time that only
// the test moves on.
import { createEngagements } from "../../src/simulator/session/engagements.ts";
import { Session } from "../../src/simulator/session/session.ts";
import type { SessionEvents } from "../../src/simulator/session/session-events.ts";
import type { Settings } from "../../src/simulator/session/settings.ts";
import { openStorage } from "./tabs.ts";

export const usualSettings: Settings = {
  portalId: 62515,
  userId: 9,
  ownerId: 42,
  iframeLocation: "widget",
  usesCallingWindow: true,
  syncDelay: 0,
  withoutOwner: false,
  withoutUser: false,
  twice: false,
  sendsDeprecated: false,
  timeout: 30_000,
};
const origin = "http://localhost:9026";

type Posted = { type: string; messageId: string; data?: unknown; [field: string]: unknown };
type Timer = { at: number; every?: number; call: () => void };

/** What is posted to it is kept, if it is for the page's origin. */
type Iframe = EventTarget & { contentWindow: object; received: Posted[]; src: string; origin: string };

/** Time that stands still until it is moved on. Milliseconds. */
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
    /** Calls what is due, in its order. */
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

/** Opens a session in the window, and what a test does with it. */
function openIn(window: EventTarget, wait: (milliseconds: number) => void, frames: Iframe[], given: Partial<Settings>) {
  const parent = Object.assign(Object.create(null), { replaceChildren: (next: Iframe) => void frames.push(next) });
  const engagements = createEngagements(openStorage(), () => {});
  const session = new Session(parent, { ...usualSettings, ...given }, engagements);

  /** A page posts this: the one that is in the frame, and of its origin, unless others are given. */
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
  /** The page in the frame has loaded, and answers the first SYNC, but says no more. */
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
    /** It says initialized too, its user being logged in. */
    initialize(): void {
      acknowledge();
      app("INITIALIZED", { isLoggedIn: true });
    },
    /** Returns the list of the events of this type, to which later events are added. */
    listen<Type extends keyof SessionEvents>(type: Type): SessionEvents[Type][] {
      const events: SessionEvents[Type][] = [];
      session.on(type, (event) => events.push(event));
      return events;
    },
    rules: () => session.findings.map(({ rule }) => rule),
    /** The types of what HubSpot sent; READY is the first to each page. */
    sent: () => session.messages.filter(({ from }) => from === "hubspot").map(({ type }) => type),
    ready: () => session.messages.findLast(({ type }) => type === "READY")?.data,
  };
}
export type InWindow = ReturnType<typeof openIn>;

/** Puts these around the body, which may not wait for anything. */
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

/** Hands a session to the body, in a window that is there as long as the body runs. */
export function inWindow(given: Partial<Settings>, body: (session: InWindow) => void): void {
  const { now, timing, wait } = openClock();
  const window = Object.assign(new EventTarget(), timing);
  const frames: Iframe[] = [];
  function createElement(): Iframe {
    const received: Posted[] = [];
    const contentWindow = {
      postMessage(message: Posted, target: string): void {
        if (target === "*" || target === made.origin) received.push(message);
      },
    };
    const made = Object.assign(new EventTarget(), { contentWindow, received, src: "", origin, remove() {} });
    return made;
  }
  const location = { origin: "http://127.0.0.1:9026" };
  const around = { window, location, document: { createElement }, performance: { now }, sessionStorage: openStorage() };
  during(around, () => body(openIn(window, wait, frames, given)));
}

/** As inWindow, where the app has said initialized, its user being logged in. */
export const withApp = (given: Partial<Settings>, body: (session: InWindow) => void) =>
  inWindow(given, (session) => {
    session.open();
    session.initialize();
    body(session);
  });

// Connects the session to the app in a unit test's window: replaces window.parent, and delivers HubSpot's messages as events.
import type { AppLoader, AppLoaderEvents, CreateAppLoader } from "../simulator/session/app-loader.ts";

/** A jsdom or happy-dom window, or any other event target. The app posts its messages to `parent`. */
export type TestWindow = EventTarget & { parent?: unknown; MessageEvent?: typeof MessageEvent };

type Listener = Parameters<EventTarget["addEventListener"]>;

/** @param hostUrl HubSpot's origin, for SYNC and for the events' `origin` */
export const createTestWindow =
  (target: TestWindow, hostUrl: string): CreateAppLoader =>
  (on) => {
    let page: Page | undefined;
    let current = "";

    function goTo(url: string): void {
      page?.unload();
      current = url;
      page = openPage(target, hostUrl, on);
      on.loading(url);
      on.loaded(false);
    }

    const loader: AppLoader = {
      hostUrl,
      goTo,
      reload: () => goTo(current),
      movesTo() {},
      resize() {},
      post: (message) => page?.post(message),
      remove: () => page?.unload(),
    };
    return loader;
  };

type Page = ReturnType<typeof openPage>;

function openPage(target: TestWindow, hostUrl: string, on: Pick<AppLoaderEvents, "listening" | "message">) {
  const listeners: Listener[] = [];
  let isLoaded = true;
  let hasAnswered = false;

  const parent = {
    postMessage(message: unknown): void {
      if (!isLoaded) return;
      const copy = clone(message);
      hasAnswered ||= isAnswer(copy);
      on.message(copy);
    },
  };

  function addListener(...[type, ...rest]: Listener): void {
    addEventListener.call(target, type, ...rest);
    if (type !== "message") return;
    listeners.push([type, ...rest]);
    if (!hasAnswered) on.listening();
  }

  const { addEventListener } = target;
  const restore = [replace(target, "parent", parent), replace(target, "addEventListener", addListener)];

  return {
    /** Delivers the message in a microtask: after the current code, as in a browser, but unaffected by fake timers. */
    post(message: object): void {
      const data = clone(message);
      Promise.resolve().then(() => {
        if (isLoaded) target.dispatchEvent(createEvent(target, { data, origin: hostUrl, source: parent }));
      });
    },
    /** Also removes the app's message listeners. Otherwise, an earlier test's app would answer SYNC. */
    unload(): void {
      isLoaded = false;
      for (const undo of restore) undo();
      for (const listener of listeners.splice(0)) target.removeEventListener(...listener);
    },
  };
}

const isAnswer = (message: unknown) =>
  typeof message === "object" && message !== null && "type" in message && message.type === "SYNC_ACK";

/** Replaces a property, and returns a function that restores it. */
function replace(target: object, name: string, value: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(target, name);
  Object.defineProperty(target, name, { value, configurable: true, writable: true });
  return () => {
    if (before) Object.defineProperty(target, name, before);
    else Reflect.deleteProperty(target, name);
  };
}

/** The constructors in jsdom and Node reject a `source` that is not a real window, so the properties are defined afterwards. */
function createEvent({ MessageEvent = globalThis.MessageEvent }: TestWindow, properties: object): Event {
  const event = new MessageEvent("message");
  for (const [name, value] of Object.entries(properties)) Object.defineProperty(event, name, { value });
  return event;
}

/** Clones a message as `postMessage` does. Jest's jsdom environment has no structuredClone. */
const clone = (message: unknown): unknown =>
  typeof structuredClone === "function" ? structuredClone(message) : copy(message);

function copy(value: unknown): unknown {
  if (typeof value === "function" || typeof value === "symbol") throw new Error(`${String(value)} cannot be cloned`);
  if (Array.isArray(value)) return value.map(copy);
  if (typeof value !== "object" || value === null || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, copy(field)]));
}

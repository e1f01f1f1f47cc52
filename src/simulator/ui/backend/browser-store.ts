// Stores the state of the simulator's endpoints in localStorage, for a page without a server.
import * as v from "valibot";
import { type State, type Store, state } from "../../api/state.ts";

const key = "registered apps and calls";
const empty: State = { apps: {}, calls: {} };

/** All tabs share the state. If the storage is full or the browser denies access to it, each page keeps its state in memory. */
export function createBrowserStore(): { store: Store; onChange(listener: () => void): void } {
  const listeners: (() => void)[] = [];
  let current = read();
  const notify = () => {
    for (const listener of listeners) listener();
  };
  addEventListener("storage", (event) => {
    if (event.key !== key) return;
    current = read();
    notify();
  });

  return {
    store: {
      get: () => current,
      async set(next) {
        current = next;
        write(next);
        notify();
      },
    },
    onChange: (listener) => void listeners.push(listener),
  };
}

function read(): State {
  try {
    const stored = v.safeParse(v.pipe(v.string(), v.parseJson(), state), localStorage.getItem(key));
    return stored.success ? stored.output : empty;
  } catch {
    return empty;
  }
}

function write(next: State): void {
  try {
    localStorage.setItem(key, JSON.stringify(next));
  } catch {
    // The storage is full or the browser denies access to it, so the state lasts only until the page is unloaded.
  }
}

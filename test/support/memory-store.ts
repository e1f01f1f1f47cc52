import type { State, Store } from "../../src/simulator/api/state.ts";

export function memory(initial: State = { apps: {}, calls: {} }): Store {
  let current = initial;
  return {
    get: () => current,
    set: async (next) => {
      current = next;
    },
  };
}

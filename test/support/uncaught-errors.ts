import { during } from "./fake-window.ts";

/** Runs the body and then its microtasks, and returns the errors that the microtasks throw. */
export function uncaughtErrors(body: () => void): unknown[] {
  const tasks: (() => void)[] = [];
  during({ queueMicrotask: (task: () => void) => void tasks.push(task) }, body);
  return tasks.map((task) => {
    try {
      task();
      return undefined;
    } catch (error) {
      return error;
    }
  });
}

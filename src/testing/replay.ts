// Replays a log in the simulator's page, but runs the user actions in Node.
import type { FrameLocator, Page } from "@playwright/test";
import type { Hubspot } from "../simulator/ui/window-hubspot.ts";

/**
 * Functions by wire type. Each function makes the app send a message of its type.
 * @example
 * const userActions: UserActionsByMessage = {
 *   CALL_ENDED: (app) => app.getByRole("button", { name: "Hang up" }).click(),
 * };
 */
export type UserActionsByMessage = Record<string, (app: FrameLocator) => Promise<unknown>>;

export type Replay = (
  log: string,
  options?: { here?: boolean; timeout?: number; userActions?: UserActionsByMessage },
) => ReturnType<Hubspot["replay"]>;

type WithBinding = Window & { hubspotWaits?: (type: string) => Promise<void> };

export function createReplay(page: Page, app: FrameLocator): Replay {
  let current: UserActionsByMessage | undefined;
  let failure: unknown;

  async function perform(type: string): Promise<void> {
    try {
      await current?.[type]?.(app);
    } catch (error) {
      failure ??= error;
    }
  }

  return async (log, { userActions = {}, ...options } = {}) => {
    // exposeFunction throws if the page already has a function with this name.
    const isFirst = current === undefined;
    current = userActions;
    failure = undefined;
    if (isFirst) await page.exposeFunction("hubspotWaits", perform);
    const differences = await page.evaluate(
      ({ log, options }) => {
        const { hubspotWaits }: WithBinding = window;
        return window.hubspot.replay(log, { ...options, waits: (type) => void hubspotWaits?.(type) });
      },
      { log, options },
    );
    if (failure) throw failure;
    return differences;
  };
}

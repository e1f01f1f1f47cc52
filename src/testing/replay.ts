// Replays a log from a test: what a person does in the app runs here, in Node, while the simulator's page replays.
import type { FrameLocator, Page } from "@playwright/test";
import type { Hubspot } from "../simulator/ui/window-hubspot.ts";

/** What a person does in the app, by the type of the message that the app sends then. */
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
    // A page takes a binding only once.
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

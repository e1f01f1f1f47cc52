// Replays a log in the simulator's page, but runs the user actions in Node.
import type { FrameLocator, Page } from "@playwright/test";
import { type Fields, fieldsOf } from "../protocol/fields.ts";
import type { Sent } from "../simulator/replay/replay-ids.ts";
import type { Hubspot } from "../simulator/ui/window-hubspot.ts";

/**
 * Functions by wire type. Each function makes the app send a message of its type. `message` is the message in the log with this
 * run's ids, so that the function can choose the right call.
 * @example
 * const userActions: UserActionsByMessage = {
 *   CALL_ENDED: (app, { data }) => app.locator(`[id="${data.externalCallId}"]`).getByRole("button", { name: "Hang up" }).click(),
 * };
 */
export type UserActionsByMessage = Record<string, (app: FrameLocator, message: LogMessage) => Promise<unknown>>;

export type LogMessage = { type: string; data: Fields };

export type Replay = (
  log: string,
  options?: { here?: boolean; timeout?: number; userActions?: UserActionsByMessage },
) => ReturnType<Hubspot["replay"]>;

type WithBinding = Window & { hubspotWaits?: (type: string, message: Sent) => Promise<void> };

export function createReplay(page: Page, app: FrameLocator): Replay {
  let current: UserActionsByMessage | undefined;
  let failure: unknown;

  async function perform(type: string, { data }: Sent): Promise<void> {
    try {
      await current?.[type]?.(app, { type, data: fieldsOf(data) });
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
        return window.hubspot.replay(log, { ...options, waits: (...wait) => void hubspotWaits?.(...wait) });
      },
      { log, options },
    );
    if (failure) throw failure;
    return differences;
  };
}

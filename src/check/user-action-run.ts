import type { FrameLocator } from "playwright-core";
import { firstLine } from "../http/error-text.ts";
import { TimeLimitError, withTimeLimit } from "./time-limit.ts";
import type { UserAction } from "./user-actions.ts";

/** Playwright's own limit comes first, because its error names the locator. */
const slackMs = 500;

/** Returns the reason if the action fails. */
export async function runUserAction(
  action: UserAction,
  app: FrameLocator,
  timeoutMs: number,
): Promise<string | undefined> {
  try {
    await withTimeLimit(timeoutMs + slackMs, Promise.resolve(app).then(action));
    return undefined;
  } catch (error) {
    return error instanceof TimeLimitError ? `not finished within ${timeoutMs} ms` : firstLine(error);
  }
}

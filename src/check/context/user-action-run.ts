import { setTimeout as delay } from "node:timers/promises";
import { stripVTControlCharacters } from "node:util";
import type { FrameLocator } from "@playwright/test";
import { errorText, firstLine } from "../../http/error-text.ts";
import { TimeLimitError, withTimeLimit } from "../browser/time-limit.ts";
import type { UserAction } from "./user-actions.ts";

/** Lets Playwright's own time limit expire first, because its error names the locator. */
const slackMs = 500;

/** Several times as many as a click needs. */
const reactionFrames = 20;

const never = new Promise<never>(() => {});

/**
 * Returns the reason if the action fails.
 * @param isTooLate resolves when there is no point in waiting any longer, even before the time limit
 */
export async function runUserAction(
  action: UserAction,
  app: FrameLocator,
  timeoutMs: number,
  isTooLate?: Promise<unknown>,
): Promise<string | undefined> {
  const finished = Promise.resolve(app).then(action);
  try {
    const isFinished = await withTimeLimit(
      timeoutMs + slackMs,
      Promise.race([finished.then(() => true), isTooLate?.then(() => false) ?? never]),
    );
    return isFinished ? undefined : "not finished in time";
  } catch (error) {
    return error instanceof TimeLimitError ? `not finished within ${timeoutMs} ms` : describeFailure(error);
  }
}

/**
 * Waits as long as a user action takes in an app that shows the button to click, but at least `minimumMs`. Counts the app's
 * animation frames, because a click also needs such frames, which are slow on a busy machine.
 */
export async function waitForReaction(app: FrameLocator, minimumMs: number): Promise<void> {
  const minimum = delay(minimumMs);
  for (let frame = 0; frame < reactionFrames; frame += 1) {
    await app.locator("html").evaluate(() => new Promise(requestAnimationFrame));
  }
  await minimum;
}

/**
 * Shortens a Playwright error to its first line, the locator that Playwright waited for, and the element's last state.
 * @example
 * describeFailure(error); // "locator.click: Timeout 8000ms exceeded; waiting for getByRole('button', { name: 'Call' })"
 */
export function describeFailure(error: unknown): string {
  const lines = stripVTControlCharacters(errorText(error))
    .split("\n")
    .map((line) => line.replace(/^[\s-]+/, "").replace(/\d+ × /, ""));
  const locator = lines
    .find((line) => line.startsWith("waiting for "))
    ?.replace(/locator\('#frame iframe'\)\.contentFrame\(\)\./, "");
  const state = lines.findLast((line) => /^element (is|was) /.test(line) || line.includes("intercepts pointer events"));
  return [firstLine(lines.join("\n")).replace(/\.$/, ""), locator, state].filter(Boolean).join("; ");
}

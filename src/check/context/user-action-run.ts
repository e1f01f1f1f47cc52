import { stripVTControlCharacters } from "node:util";
import type { FrameLocator } from "@playwright/test";
import { errorText, firstLine } from "../../http/error-text.ts";
import { TimeLimitError, withTimeLimit } from "../browser/time-limit.ts";
import type { UserAction } from "./user-actions.ts";

/** Lets Playwright's own time limit expire first, because its error names the locator. */
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
    return error instanceof TimeLimitError ? `not finished within ${timeoutMs} ms` : describeFailure(error);
  }
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

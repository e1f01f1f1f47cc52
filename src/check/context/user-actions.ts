import type { FrameLocator } from "@playwright/test";

export const userActionNames = ["logIn", "placeCall", "receiveCall", "answer", "hangUp", "complete"] as const;

export type UserActionName = (typeof userActionNames)[number];
/**
 * Operates the app as a user would. The action fails if the returned promise rejects, or does not settle within the limit that
 * `--timeout` sets. The check reports a failed action, except where the action may fail, for example where the app must be
 * silent.
 * @example
 * export const hangUp: UserAction = (app) => app.getByRole("button", { name: "Hang up" }).click();
 */
export type UserAction = (app: FrameLocator) => unknown;
/**
 * The exports of the file that `--user-actions` names. Leave out any step that the app performs by itself.
 * @example
 * const press = (name: string) => (app: FrameLocator) => app.getByRole("button", { name }).click();
 * export const placeCall = press("Call");
 * export const hangUp = press("Hang up");
 */
export type UserActions = { [Name in UserActionName]?: UserAction };

export function isUserActionName(name: string): name is UserActionName {
  return userActionNames.some((known) => known === name);
}

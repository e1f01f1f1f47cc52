// What a person does in the app during a scenario: functions from a file of the user, which drive the app's frame.
import type { FrameLocator } from "playwright-core";

export const userActionNames = ["logIn", "placeCall", "receiveCall", "answer", "hangUp", "complete"] as const;

export type UserActionName = (typeof userActionNames)[number];
export type UserAction = (app: FrameLocator) => unknown;
/** Each is optional: without it, the app does this by itself, or what needs it is not tried. */
export type UserActions = { [Name in UserActionName]?: UserAction };

export function isUserActionName(name: string): name is UserActionName {
  return userActionNames.some((known) => known === name);
}

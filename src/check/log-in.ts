import { fieldsOf } from "../protocol/fields.ts";
import type { Message } from "../simulator/calls/message.ts";
import type { ScenarioContext } from "./scenario-context.ts";

/** Waits until the app is ready, and logs the user in if necessary. Returns the reason if no call is possible. */
export async function logIn(context: ScenarioContext): Promise<string | undefined> {
  if (!(await context.waitUntilReady())) return "the app was not ready";
  if (isLoggedIn(await context.messages("app"))) return undefined;
  if (!context.userActions.logIn) return "the app's user is not logged in; add logIn to the user actions file";
  const before = await context.appMessageCount();
  if (!(await context.perform("logIn"))) return "the user action logIn failed";
  if (await context.waitForMessage("LOGGED_IN", before)) return undefined;
  context.report("message-not-sent", "logIn: the app did not send LOGGED_IN userLoggedIn");
  return "the app's user is not logged in";
}

const loggedInBy: Record<string, (data: unknown) => boolean> = {
  INITIALIZED: (data) => fieldsOf(data).isLoggedIn === true,
  LOGGED_IN: () => true,
  LOGGED_OUT: () => false,
};

function isLoggedIn(messages: readonly Message[]): boolean {
  const last = messages.findLast(({ type }) => Object.hasOwn(loggedInBy, type));
  return last !== undefined && loggedInBy[last.type]?.(last.data) === true;
}

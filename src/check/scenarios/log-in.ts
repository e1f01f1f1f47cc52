import { fieldsOf } from "../../protocol/fields.ts";
import type { ScenarioContext } from "../context/scenario-context.ts";
import type { AppTraits } from "./scenario.ts";

const notLoggedIn = "the app's user is not logged in";
export const loginLost = "the app no longer reported a logged-in user after HubSpot reloaded the page";

/**
 * Waits until the app is ready, and logs the user in if necessary. Returns the reason if the app does not become ready, or does
 * not report a logged-in user.
 * @param before the number of messages that the app had sent before its page was loaded
 */
export async function logIn(context: ScenarioContext, app: AppTraits, before = 0): Promise<string | undefined> {
  if (!(await context.waitUntilReady())) return "the app was not ready";
  if (await isLoggedIn(context, before)) return undefined;
  if (context.userActions.logIn) return logInAsUser(context);
  if (app.logsInByItself && (await context.waitForMessage("LOGGED_IN", before))) return undefined;
  return `${notLoggedIn}; add logIn to the user actions file`;
}

async function logInAsUser(context: ScenarioContext): Promise<string | undefined> {
  const before = await context.appMessageCount();
  const problem = await context.tryAction("logIn");
  // Even if the action failed, the app may have logged the user in by itself.
  if (await context.waitForMessage("LOGGED_IN", before, problem === undefined ? undefined : 0)) return undefined;
  if (problem !== undefined) {
    context.report("user-action-failed", `logIn: ${problem}`);
    return "the user action logIn failed";
  }
  context.report("message-not-sent", "logIn: the app did not send LOGGED_IN userLoggedIn");
  return notLoggedIn;
}

/** Returns whether the app reports a logged-in user, now or within the time limit. */
export async function logsIn(context: ScenarioContext, before: number): Promise<boolean> {
  if (await isLoggedIn(context, before)) return true;
  return (await context.waitForMessage("LOGGED_IN", before)) !== undefined;
}

const loggedInBy: Record<string, (data: unknown) => boolean> = {
  INITIALIZED: (data) => fieldsOf(data).isLoggedIn === true,
  LOGGED_IN: () => true,
  LOGGED_OUT: () => false,
};

async function isLoggedIn(context: ScenarioContext, before: number): Promise<boolean> {
  const messages = (await context.messages("app")).slice(before);
  const last = messages.findLast(({ type }) => Object.hasOwn(loggedInBy, type));
  return last !== undefined && loggedInBy[last.type]?.(last.data) === true;
}

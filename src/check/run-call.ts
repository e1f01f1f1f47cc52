// The parts of a call: a person does them in the app, by the user actions, or the app does them by itself.
import { logIn } from "./log-in.ts";
import type { Scenario } from "./scenario.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import type { UserActionName } from "./user-actions.ts";

/** How long an app that HubSpot tells to dial may take to begin the call by itself. */
const dialTimeoutMs = 1000;

export type Direction = "outbound" | "inbound";

/** A whole call; `prepare` runs before the app is ready. */
export const runCall =
  (direction: Direction, prepare: (context: ScenarioContext) => Promise<unknown> = async () => {}): Scenario["run"] =>
  async (context) => {
    await prepare(context);
    const { isStarted, reason } = await beginCall(context, direction);
    if (!isStarted) return reason;
    await context.waitUntilQuiet();
    await finishCall(context);
    return undefined;
  };

/** Begins a call and answers it. `reason` is why it cannot be tried; without one, a finding says what went wrong. */
export async function beginCall(
  context: ScenarioContext,
  direction: Direction,
): Promise<{ isStarted: boolean; reason?: string }> {
  const reason = await logIn(context);
  if (reason) return { isStarted: false, reason };
  return direction === "inbound" ? beginInboundCall(context) : beginOutboundCall(context);
}

async function beginInboundCall(context: ScenarioContext) {
  const before = await context.appMessageCount();
  const isStarted = (await performAndWait(context, "receiveCall", "INCOMING_CALL", before)) && (await answer(context));
  return { isStarted };
}

async function beginOutboundCall(context: ScenarioContext) {
  const before = await context.appMessageCount();
  await context.whileDoing("when HubSpot dials", () => context.page.evaluate(() => window.hubspot.dial()));
  if (!(await context.waitForMessage("OUTGOING_CALL_STARTED", before, dialTimeoutMs))) {
    if (!context.userActions.placeCall) {
      const reason =
        "the app does not begin a call by itself when HubSpot dials, and the user actions have no placeCall";
      return { isStarted: false, reason };
    }
    const isPlaced = await performAndWait(context, "placeCall", "OUTGOING_CALL_STARTED", before);
    if (!isPlaced) return { isStarted: false };
  }
  return { isStarted: await answer(context) };
}

async function answer(context: ScenarioContext): Promise<boolean> {
  if (!context.userActions.answer) return true;
  return performAndWait(context, "answer", "CALL_ANSWERED", await context.appMessageCount());
}

/** Does a user action, after which the app has to send this message. */
async function performAndWait(
  context: ScenarioContext,
  name: UserActionName,
  type: string,
  before: number,
): Promise<boolean> {
  if (!(await context.perform(name))) return false;
  if (await context.waitForMessage(type, before)) return true;
  context.report("message-not-sent", `${name}: ${type} did not come within ${context.timeoutMs} ms`);
  return false;
}

/** Hangs up and completes. If a message is missing then, the simulator finds it when the session is closed. */
export async function finishCall(
  context: ScenarioContext,
  hangUp: () => Promise<boolean> = () => context.perform("hangUp"),
): Promise<void> {
  const before = await context.appMessageCount();
  if (!(await hangUp()) || !(await context.waitForMessage("CALL_ENDED", before))) return;
  await context.takePicture();
  if (!(await context.perform("complete"))) return;
  await context.waitForMessage("CALL_COMPLETED", before);
  await context.waitUntilQuiet();
}

// User actions perform the steps of a call. Without a user action, the app must perform the step by itself.
import { fullNameOf } from "../../protocol/sdk-name.ts";
import type { ScenarioContext } from "../context/scenario-context.ts";
import type { UserActionName } from "../context/user-actions.ts";
import { logIn } from "./log-in.ts";
import type { AppTraits, Scenario } from "./scenario.ts";

/** Long enough to tell seconds from milliseconds in a duration. */
const callMs = 3000;

/** The record that HubSpot dials, and the record whose page is open; see window.hubspot.dial. */
export type Dialed = { recordId?: number; pageRecordId?: number };

export type Direction = "outbound" | "inbound";

export const runCall =
  (direction: Direction, prepare: (context: ScenarioContext) => Promise<unknown> = async () => {}): Scenario["run"] =>
  async (context, app) => {
    await prepare(context);
    const { isStarted, reason } = await beginCall(context, app, direction);
    if (!isStarted) return reason;
    await context.letTimePass(callMs);
    await context.waitUntilQuiet();
    await finishCall(context);
    return undefined;
  };

/**
 * Starts a call and answers it.
 * @returns `reason` if the call cannot be tried. If the call fails, `context` contains a finding instead.
 */
export async function beginCall(
  context: ScenarioContext,
  app: AppTraits,
  direction: Direction,
  dialed: Dialed = {},
): Promise<Start> {
  const reason = await logIn(context, app);
  // If the only problem is that the app did not report the login, it can still receive calls.
  const isUnreported = context.findings.some(({ rule }) => rule === "message-not-sent");
  if (reason && !(isUnreported && direction === "inbound")) return { isStarted: false, reason };
  const start = await (direction === "inbound" ? beginInboundCall(context) : beginOutboundCall(context, app, dialed));
  app.hasCalled ||= start.isStarted;
  return start;
}

type Start = { isStarted: boolean; reason?: string };

async function beginInboundCall(context: ScenarioContext): Promise<Start> {
  const before = await context.appMessageCount();
  const isStarted = (await performAndWait(context, "receiveCall", "INCOMING_CALL", before)) && (await answer(context));
  return { isStarted };
}

async function beginOutboundCall(context: ScenarioContext, app: AppTraits, dialed: Dialed): Promise<Start> {
  const before = await context.appMessageCount();
  await context.whileDoing("when HubSpot dials", () =>
    context.page.evaluate((dialed) => window.hubspot.dial(dialed), dialed),
  );
  if (!(await startsByItself(context, app, before))) {
    if (!context.userActions.placeCall) {
      const reason =
        "the app does not start a call by itself after DIAL_NUMBER; add placeCall to the user actions file";
      return { isStarted: false, reason };
    }
    const isPlaced = await performAndWait(context, "placeCall", "OUTGOING_CALL_STARTED", before);
    if (!isPlaced) return { isStarted: false };
  }
  return { isStarted: await answer(context) };
}

/**
 * Returns whether the app starts the call without a user action. Waits for the message only if there is no placeCall, and not
 * in later calls if the app did not start the first call by itself.
 */
async function startsByItself(context: ScenarioContext, app: AppTraits, before: number): Promise<boolean> {
  await context.waitUntilQuiet();
  const needsNoUser = !context.userActions.placeCall && app.dialsByItself !== false;
  const limitMs = needsNoUser ? context.timeoutMs : 0;
  const isStarted = (await context.waitForMessage("OUTGOING_CALL_STARTED", before, limitMs)) !== undefined;
  if (needsNoUser) app.dialsByItself ||= isStarted;
  return isStarted;
}

async function answer(context: ScenarioContext): Promise<boolean> {
  if (!context.userActions.answer) return true;
  return performAndWait(context, "answer", "CALL_ANSWERED", await context.appMessageCount());
}

async function performAndWait(
  context: ScenarioContext,
  name: UserActionName,
  type: string,
  before: number,
): Promise<boolean> {
  if (!(await context.perform(name))) return false;
  if (await context.waitForMessage(type, before)) return true;
  context.report(
    "message-not-sent",
    `${name}: the app did not send ${fullNameOf("app", type)} within ${context.timeoutMs} ms`,
  );
  return false;
}

/** Hangs up and completes the call. The simulator reports missing messages when the session closes. */
export async function finishCall(
  context: ScenarioContext,
  hangUp: () => Promise<boolean> = () => context.perform("hangUp"),
): Promise<void> {
  const before = await context.appMessageCount();
  if (await hangUp()) await completeCall(context, before);
}

/** @param before the number of messages that the app had sent before the user hung up */
export async function completeCall(context: ScenarioContext, before: number): Promise<void> {
  if (!(await context.waitForMessage("CALL_ENDED", before))) return;
  await context.camera?.take();
  if (!(await context.perform("complete"))) return;
  await context.waitForMessage("CALL_COMPLETED", before);
  await context.waitUntilQuiet();
}

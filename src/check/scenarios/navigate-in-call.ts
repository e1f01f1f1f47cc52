// When HubSpot reloads the page during a call, the app must still know the user and the call.
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import type { Message } from "../../simulator/calls/message.ts";
import { sdkTraitsOf } from "../../simulator/rules/sdk-traits.ts";
import type { ScenarioContext } from "../context/scenario-context.ts";
import { noReadyData } from "./handshake-scenarios.ts";
import { loginLost, logsIn } from "./log-in.ts";
import { beginCall, completeCall } from "./run-call.ts";
import type { AppTraits } from "./scenario.ts";

/** The rules that an app also breaks if it forgets the call. */
const consequences = ["never-ended", "ghost-call", "unknown-call", "missing-field"];

export async function navigateInCall(context: ScenarioContext, app: AppTraits): Promise<string | undefined> {
  if (!sdkTraitsOf(app.sdkVersion).hasReadyData) return noReadyData(app.sdkVersion);
  const { isStarted, reason } = await beginCall(context, app, "outbound");
  if (!isStarted) return reason;
  await context.waitUntilQuiet();
  const ids = await idsOfCall(context);
  if (!ids) {
    context.ignoredRules.push(...consequences);
    return "the app did not request an engagement";
  }
  const before = await context.appMessageCount();
  await context.reload();
  if (!(await context.waitUntilReady())) return undefined;
  const problem = (await whyLoggedOut(context, before)) ?? (await whyForgotten(context, ids, before));
  if (problem) {
    context.ignoredRules.push(...consequences);
    context.report(problem.rule, problem.message);
  }
  return undefined;
}

type Problem = { rule: "login-lost" | "engagement-forgotten"; message: string };

async function whyLoggedOut(context: ScenarioContext, before: number): Promise<Problem | undefined> {
  if (await logsIn(context, before)) return undefined;
  return { rule: "login-lost", message: `during a call: ${loginLost}` };
}

/** Ends and completes the call. Returns a problem if the app has forgotten the call. */
async function whyForgotten(context: ScenarioContext, ids: Fields, before: number): Promise<Problem | undefined> {
  await context.waitUntilQuiet();
  const forgotten = (message: string): Problem => ({ rule: "engagement-forgotten", message });
  const problem = await context.tryAction("hangUp");
  if (problem)
    return forgotten(`after HubSpot reloaded the page during a call, the user action hangUp failed: ${problem}`);
  await completeCall(context, before);
  const after = (await context.messages("app")).slice(before);
  if (after.some((message) => namesCall(message, ids))) return undefined;
  return forgotten(
    `SYNC (onReady) contained engagementId ${ids.engagementId}, but no message after initialized contains an id of the call`,
  );
}

/** Returns the ids of the call that the app has just started, or undefined if the call has no engagement. */
async function idsOfCall(context: ScenarioContext): Promise<Fields | undefined> {
  const created = (await context.messages("hubspot")).find(({ type }) => type === "CREATE_ENGAGEMENT_SUCCEEDED");
  if (!created) return undefined;
  const started = (await context.messages("app")).find(({ type }) => type === "OUTGOING_CALL_STARTED");
  const { externalCallId } = fieldsOf(started?.data);
  return { engagementId: fieldsOf(created.data).engagementId, externalCallId };
}

/** Does not count `initialized`, because an app can copy the engagementId from SYNC into it without storing the call. */
function namesCall({ type, data }: Message, ids: Fields): boolean {
  const { engagementId, externalCallId } = fieldsOf(data);
  if (type === "INITIALIZED") return false;
  return engagementId === ids.engagementId || (externalCallId !== undefined && externalCallId === ids.externalCallId);
}

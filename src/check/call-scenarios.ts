// Whole calls, and calls in which HubSpot's replies fail, are late or never come.
import { fieldsOf } from "../protocol/fields.ts";
import { replies } from "../simulator/session/replies.ts";
import { beginCall, finishCall, runCall } from "./run-call.ts";
import type { Scenario } from "./scenario.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import type { UserActionName } from "./user-actions.ts";

const outbound: UserActionName[] = ["hangUp"];
const inbound: UserActionName[] = ["hangUp", "receiveCall"];

/** These cannot be right where no engagement was created. */
const engagementRules = ["missing-field", "unknown-call", "no-engagement"];

export const callScenarios: Scenario[] = [
  {
    name: "a call: outbound",
    expectation: "tells HubSpot of the whole call",
    needs: outbound,
    run: runCall("outbound"),
  },
  {
    name: "a call: inbound",
    expectation: "tells HubSpot of the whole call, in the calling window",
    needs: inbound,
    parameters: { iframeLocation: "window", usesCallingWindow: "true" },
    run: runCall("inbound"),
  },
  {
    name: "a call: END_CALL",
    expectation: "hangs up when HubSpot asks it to",
    needs: outbound,
    async run(context) {
      const { isStarted, reason } = await beginCall(context, "outbound");
      if (!isStarted) return reason;
      await context.waitUntilQuiet();
      await finishCall(context, async () => {
        await context.sendEvent("END_CALL", undefined);
        return true;
      });
      return undefined;
    },
  },
  {
    name: "a call: navigation in the middle",
    expectation: "takes up the call and its engagement when HubSpot reloads its page",
    needs: outbound,
    run: navigateInCall,
  },
  {
    name: "failures: every reply fails",
    expectation: "goes through the call when HubSpot refuses everything",
    needs: outbound,
    ignoresRules: engagementRules,
    run: runCall("outbound", setReplies("fail")),
  },
  {
    name: "failures: every reply is late",
    expectation: "goes through the call when each reply takes two seconds",
    needs: outbound,
    ignoresRules: engagementRules,
    run: runCall("outbound", setReplies("succeed", 2000)),
  },
  {
    name: "failures: no reply comes",
    expectation: "goes through the call when HubSpot replies to nothing",
    needs: outbound,
    ignoresRules: engagementRules,
    run: runCall("outbound", setReplies("never")),
  },
];

async function navigateInCall(context: ScenarioContext): Promise<string | undefined> {
  const { isStarted, reason } = await beginCall(context, "outbound");
  if (!isStarted) return reason;
  await context.waitUntilQuiet();
  const created = (await context.messages("hubspot")).find(({ type }) => type === "CREATE_ENGAGEMENT_SUCCEEDED");
  if (!created) return "the app asked for no engagement";

  const before = await context.appMessageCount();
  await context.reload();
  if (!(await context.waitUntilReady())) return undefined;
  await context.waitUntilQuiet();
  await finishCall(context);

  const { engagementId } = fieldsOf(created.data);
  const after = (await context.messages("app")).slice(before);
  if (!after.some(({ data }) => fieldsOf(data).engagementId === engagementId)) {
    context.ignoredRules.push("never-ended", "ghost-call", "unknown-call", "missing-field");
    const message = `READY brought engagementId ${engagementId}, and nothing that followed names it`;
    context.report("engagement-forgotten", message);
  }
  return undefined;
}

function setReplies(how: "succeed" | "fail" | "never", delayMs = 0) {
  return (context: ScenarioContext) =>
    context.page.evaluate(
      ([types, how, delayMs]) => {
        for (const type of types) window.hubspot.answer(type, how, delayMs);
      },
      [Object.keys(replies), how, delayMs] satisfies [string[], typeof how, number],
    );
}

import { type ReplyMode, replies } from "../../simulator/crm/replies.ts";
import { onExample } from "../browser/uncaught.ts";
import type { ScenarioContext } from "../context/scenario-context.ts";
import type { UserActionName } from "../context/user-actions.ts";
import { navigateInCall } from "./navigate-in-call.ts";
import { beginCall, finishCall, runCall } from "./run-call.ts";
import type { Scenario } from "./scenario.ts";

const outbound: UserActionName[] = ["hangUp"];
const inbound: UserActionName[] = ["hangUp", "receiveCall"];

/** An app that receives no engagementId, or receives it late, cannot follow these rules. */
const engagementRules = ["missing-field", "unknown-call", "no-engagement"];

export const callScenarios: Scenario[] = [
  {
    name: "call: outbound",
    expectation: "reports every step of an outbound call",
    needs: outbound,
    setsClock: true,
    run: runCall("outbound"),
  },
  {
    name: "call: inbound",
    expectation: "reports every step of an inbound call in the calling window",
    needs: inbound,
    parameters: { iframeLocation: "window", usesCallingWindow: "true" },
    setsClock: true,
    run: runCall("inbound"),
  },
  {
    name: "call: END_CALL",
    expectation: "hangs up when HubSpot sends END_CALL",
    needs: outbound,
    async run(context, app) {
      const { isStarted, reason } = await beginCall(context, app, "outbound");
      if (!isStarted) return reason;
      await context.waitUntilQuiet();
      await finishCall(context, () => sendEndCall(context));
      return undefined;
    },
  },
  {
    name: "call: navigation",
    expectation: "continues the call and its engagement after HubSpot reloads the page",
    needs: outbound,
    run: navigateInCall,
  },
  {
    name: "replies: all fail",
    expectation: "completes a call even if every reply from HubSpot is a failure",
    needs: outbound,
    ignoresRules: engagementRules,
    run: runCall("outbound", setReplies("fail")),
  },
  {
    name: "replies: all late",
    expectation: "completes a call even if every reply takes two seconds",
    needs: outbound,
    ignoresRules: engagementRules,
    run: runCall("outbound", setReplies("succeed", 2000)),
  },
  {
    name: "replies: none",
    expectation: "completes a call even if HubSpot sends no replies",
    needs: outbound,
    ignoresRules: engagementRules,
    run: runCall("outbound", setReplies("never")),
  },
];

/** Sends END_CALL. If the app ignores it, reports a finding and hangs up as the user would. */
async function sendEndCall(context: ScenarioContext): Promise<boolean> {
  const before = await context.appMessageCount();
  await context.sendEvent("END_CALL", undefined, { uncaught: onExample("END_CALL") });
  if (await context.waitForMessage("CALL_ENDED", before)) return true;
  context.ignoredRules.push("end-call-ignored"); // The next line reports the same fault.
  context.report("end-call-ignored", `the app did not send callEnded within ${context.timeoutMs} ms after END_CALL`);
  return context.perform("hangUp");
}

function setReplies(mode: ReplyMode, delayMs = 0) {
  return (context: ScenarioContext) =>
    context.page.evaluate(
      ([types, mode, delayMs]) => {
        for (const type of types) window.hubspot.answer(type, mode, delayMs);
      },
      [Object.keys(replies), mode, delayMs] satisfies [string[], ReplyMode, number],
    );
}

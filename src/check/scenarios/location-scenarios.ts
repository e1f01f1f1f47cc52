// If an app supports inbound calls, HubSpot loads it both as a remote and in the calling window. usesCallingWindow decides
// which of the two sends messages.

import type { ScenarioContext } from "../context/scenario-context.ts";
import { waitForReaction } from "../context/user-action-run.ts";
import { parametersOf } from "./handshake-scenarios.ts";
import { beginCall, finishCall } from "./run-call.ts";
import type { AppTraits, Place, Scenario } from "./scenario.ts";

type Location = [...place: [Place["iframeLocation"], boolean], sendsMessages: boolean];

/** Gives a softphone time to connect and ring after it has loaded. */
const laterMs = 10_000;

const locations: Location[] = [
  ["widget", false, true],
  ["remote", true, false],
  ["remote", false, true],
  ["window", true, true],
  ["window", false, false],
];

export const locationScenarios: Scenario[] = locations.map(([iframeLocation, usesCallingWindow, sendsMessages]) => ({
  name: `iframeLocation: ${iframeLocation}, usesCallingWindow: ${usesCallingWindow}`,
  expectation: sendsMessages ? "sends messages to HubSpot" : "sends no messages to HubSpot",
  parameters: parametersOf({ iframeLocation, usesCallingWindow }),
  needsInbound: iframeLocation !== "widget",
  ...(!sendsMessages && { setsClock: true }),
  async run(context, app) {
    // An app that must be silent is ready as soon as it has answered SYNC.
    if (!(await context.waitUntilReady())) return undefined;
    await (sendsMessages ? callAt(iframeLocation, context, app) : temptToSpeak(context));
    await context.waitUntilQuiet();
    return undefined;
  },
}));

/** Makes a call if hangUp exists. Makes none where `call: outbound` or `call: inbound` usually makes a call. */
async function callAt(
  iframeLocation: Place["iframeLocation"],
  context: ScenarioContext,
  app: AppTraits,
): Promise<void> {
  const { hangUp, receiveCall } = context.userActions;
  const isCovered = iframeLocation === "widget" || (iframeLocation === "window" && receiveCall);
  if (!hangUp || isCovered) return;
  const { isStarted } = await beginCall(context, app, receiveCall ? "inbound" : "outbound");
  if (isStarted) await finishCall(context);
}

/** An app that must be silent might not show the call, so do not wait for its buttons until the time limit. */
const silentWaitMs = 1000;

/** Rules that an app may also break if it sends messages in the wrong place. */
const consequences = ["not-logged-in", "never-ended", "ghost-call", "unknown-call", "missing-field", "no-engagement"];

/** Tries to receive or place a call, as a user would. The call may fail, but the app must not tell HubSpot about it. */
async function temptToSpeak(context: ScenarioContext): Promise<void> {
  await context.sendEvent("VISIBILITY_CHANGED", { isMinimized: true, isHidden: false });
  await context.letTimePass(laterMs);
  context.ignoredRules.push(...consequences);
  const start = context.userActions.receiveCall ? "receiveCall" : "placeCall";
  if (!context.userActions[start]) return;
  await context.sendEvent("VISIBILITY_CHANGED", { isMinimized: false, isHidden: false });
  for (const name of [start, "answer", "hangUp", "complete"] as const) {
    const problem = await context.tryAction(name, (app) => waitForReaction(app, silentWaitMs));
    if (problem !== undefined) return;
  }
}

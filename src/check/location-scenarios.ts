// HubSpot loads an app both as remote and in the calling window. usesCallingWindow decides which of the two sends messages.
import { parametersOf } from "./handshake-scenarios.ts";
import type { Place, Scenario } from "./scenario.ts";
import type { ScenarioContext } from "./scenario-context.ts";

type Location = [...place: [Place["iframeLocation"], boolean], sendsMessages: boolean];

/** A softphone that connects after it has loaded may ring by then. */
const laterMs = 10_000;
const receiveCallMs = 2000;

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
  async run(context) {
    // A silent app is ready as soon as it has answered SYNC.
    if ((await context.waitUntilReady()) && !sendsMessages) await tempt(context);
    await context.waitUntilQuiet();
    return undefined;
  },
}));

/** Tries to make an app speak that is silent at first. */
async function tempt(context: ScenarioContext): Promise<void> {
  await context.sendEvent("VISIBILITY_CHANGED", { isMinimized: true, isHidden: false });
  await context.letTimePass(laterMs);
  // It may fail, because a frame that must be silent does not have to offer the button.
  await context.tryAction("receiveCall", Math.min(receiveCallMs, context.timeoutMs));
}

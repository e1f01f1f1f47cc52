// HubSpot loads an app both as remote and in the calling window. usesCallingWindow decides which of the two sends messages.
import { parametersOf } from "./handshake-scenarios.ts";
import type { Place, Scenario } from "./scenario.ts";

type Location = [...place: [Place["iframeLocation"], boolean], sendsMessages: boolean];

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
  async run(context) {
    // A silent app is ready as soon as it has answered SYNC.
    if ((await context.waitUntilReady()) && !sendsMessages) {
      await context.sendEvent("VISIBILITY_CHANGED", { isMinimized: true, isHidden: false });
    }
    await context.waitUntilQuiet();
    return undefined;
  },
}));

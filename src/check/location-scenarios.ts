// Where HubSpot loads the app: of remote and window, one speaks to HubSpot and the other is silent.
import type { Scenario } from "./scenario.ts";

type Location = [iframeLocation: string, usesCallingWindow: boolean, speaks: boolean];

const locations: Location[] = [
  ["widget", false, true],
  ["remote", true, false],
  ["remote", false, true],
  ["window", true, true],
  ["window", false, false],
];

export const locationScenarios: Scenario[] = locations.map(([iframeLocation, usesCallingWindow, speaks]) => ({
  name: `iframeLocation: ${iframeLocation}, usesCallingWindow: ${usesCallingWindow}`,
  expectation: speaks ? "speaks to HubSpot" : "says nothing to HubSpot",
  parameters: { iframeLocation, usesCallingWindow: `${usesCallingWindow}` },
  needsInbound: iframeLocation !== "widget",
  async run(context) {
    // An app that has to be silent is ready when it has answered SYNC.
    if ((await context.waitUntilReady()) && !speaks) {
      await context.sendEvent("VISIBILITY_CHANGED", { isMinimized: true, isHidden: false });
    }
    await context.waitUntilQuiet();
    return undefined;
  },
}));

// How HubSpot's page and the app meet: SYNC in its forms, the page loaded anew, and the places where HubSpot frames it.

import type { Message } from "../simulator/rules/engine.ts";
import type { Scenario } from "./scenario.ts";
import { saySync } from "./untrusted-messages.ts";

const ready: Scenario["play"] = async (stage) => {
  await stage.ready();
  await stage.settled();
  return undefined;
};

/** The simulator holds its own SYNC back: the scenario says its own. */
const withoutSync = { syncDelay: "Infinity", timeout: "600000" };
const sync = { portalId: 62515, userId: 9, ownerId: 42, iframeLocation: "widget", usesCallingWindow: true };

export const handshakes: Scenario[] = [
  {
    name: "handshake: SYNC late",
    expectation: "answers a SYNC that comes three seconds late",
    parameters: { syncDelay: "3000" },
    play: ready,
  },
  {
    name: "handshake: no owner",
    expectation: "answers a SYNC without ownerId",
    parameters: { withoutOwner: "true" },
    play: ready,
  },
  {
    name: "handshake: no user",
    expectation: "answers a SYNC without userId",
    parameters: { withoutUser: "true" },
    play: ready,
  },
  {
    name: "handshake: SYNC again",
    expectation: "goes on when SYNC comes again",
    async play(stage) {
      if (!(await stage.ready())) return undefined;
      // Whether it is answered again is the app's affair: the SDK answers the first alone.
      await stage.during("on a second SYNC", () => saySync(stage.page, sync, 500));
      await stage.send("VISIBILITY_CHANGED", { isMinimized: false, isHidden: false });
      await stage.settled();
      return undefined;
    },
  },
  {
    name: "navigation",
    expectation: "is ready again when HubSpot loads its page anew",
    async play(stage) {
      if (!(await stage.ready())) return undefined;
      await stage.navigate();
      return ready(stage, noneKnown);
    },
  },
  {
    name: "navigation: READY with a call",
    expectation: "takes up the engagement's id that READY brings, in initialized",
    parameters: withoutSync,
    forgives: true,
    async play(stage) {
      const engagementId = 4711;
      if (!(await saySync(stage.page, { ...sync, engagementId }, stage.timeout))) {
        stage.found("not-ready", "a SYNC with an engagementId was not answered");
        return undefined;
      }
      const initialized = await stage.sent("INITIALIZED", 0);
      if (!initialized) stage.found("not-ready", "initialized did not come after a SYNC with an engagementId");
      else if (engagementIdOf(initialized) !== engagementId) {
        stage.found("engagement-not-said", `READY brought engagementId ${engagementId}, initialized did not say it`);
      }
      return undefined;
    },
  },
];

const noneKnown = { sdk: "", took: 0, isInbound: false };

/** The engagement that a message names, if it names one. */
export function engagementIdOf({ data }: Message): unknown {
  return typeof data === "object" && data !== null && "engagementId" in data ? data.engagementId : undefined;
}

type Place = [iframeLocation: string, usesCallingWindow: boolean, speaks: boolean];

const places: Place[] = [
  ["widget", false, true],
  ["remote", true, false],
  ["remote", false, true],
  ["window", true, true],
  ["window", false, false],
];

/** Where HubSpot frames the app; of remote and window one speaks, and the other is silent. */
export const inPlaces: Scenario[] = places.map(([iframeLocation, usesCallingWindow, speaks]) => ({
  name: `place: ${iframeLocation}, usesCallingWindow ${usesCallingWindow}`,
  expectation: speaks ? "speaks to HubSpot" : "says nothing to HubSpot",
  parameters: { iframeLocation, usesCallingWindow: `${usesCallingWindow}` },
  needsInbound: iframeLocation !== "widget",
  async play(stage) {
    // Of an app that is to be silent, the answer to SYNC alone makes it ready.
    if ((await stage.ready()) && !speaks) {
      await stage.send("VISIBILITY_CHANGED", { isMinimized: true, isHidden: false });
    }
    await stage.settled();
    return undefined;
  },
}));

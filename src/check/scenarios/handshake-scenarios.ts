import { fieldsOf } from "../../protocol/fields.ts";
import { sdkTraitsOf } from "../../simulator/rules/sdk-traits.ts";
import type { ScenarioContext } from "../context/scenario-context.ts";
import { logIn, loginLost, logsIn } from "./log-in.ts";
import type { AppTraits, Place, Scenario } from "./scenario.ts";
import { sendSync } from "./send-sync.ts";

/** Turns off the simulator's SYNC, because the scenario sends its own. */
const withoutSync = { syncDelay: "Infinity", timeout: "600000" };
const lateMs = 3000;
/** Enough for two more SYNCs. */
const secondSyncMs = 120;
const sync = { portalId: 62515, userId: 9, ownerId: 42 };

/** Places where an app may send messages. HubSpot uses the last two only for apps that support inbound calls. */
export const places: readonly [Place, ...Place[]] = [
  { iframeLocation: "widget", usesCallingWindow: true },
  { iframeLocation: "remote", usesCallingWindow: false },
  { iframeLocation: "window", usesCallingWindow: true },
];

export const handshake = { name: "handshake", expectation: "answers SYNC and sends initialized in time" };

/** Fills in `app` if the app becomes ready in this place. */
export function firstHandshake(app: AppTraits, place: Place): Scenario {
  return {
    ...handshake,
    parameters: parametersOf(place),
    async run(context) {
      if (!(await context.waitUntilReady()) || app.isReady) return undefined;
      Object.assign(app, { isReady: true, place });
      const { version, readyAfterMs } = await context.page.evaluate(async () => {
        const { version } = await window.hubspot.ready;
        return { version, readyAfterMs: performance.now() };
      });
      Object.assign(app, { sdkVersion: version, readyAfterMs });
      await context.waitUntilQuiet();
      const messages = await context.messages("app");
      app.supportsInboundCalls ||= messages.some(
        ({ type, data }) => type === "USER_AVAILABLE" || (type === "INITIALIZED" && "isAvailable" in fieldsOf(data)),
      );
      app.supportsInboundCalls ||= place.iframeLocation !== "widget";
      app.logsInByItself = !context.userActions.logIn && (await logsIn(context, 0));
      return undefined;
    },
  };
}

/** Returns the reason why an app with an old SDK cannot resume a call. */
export function noReadyData(sdkVersion: string): string {
  return `the app's SDK reports version ${sdkVersion}, which does not pass the engagementId to onReady`;
}

export function parametersOf({ iframeLocation, usesCallingWindow }: Place): Record<string, string> {
  return { iframeLocation, usesCallingWindow: `${usesCallingWindow}` };
}

async function becomeReady(context: ScenarioContext): Promise<undefined> {
  await context.waitUntilReady();
  await context.waitUntilQuiet();
}

export const handshakeScenarios: Scenario[] = [
  {
    name: "handshake: late SYNC",
    expectation: "answers a SYNC that arrives three seconds late",
    // The simulator's usual time limit would expire when the clock jumps, so only the check limits the time.
    parameters: { syncDelay: `${lateMs}`, timeout: "600000" },
    setsClock: true,
    async run(context) {
      await context.appFrame()?.waitForLoadState("load");
      await context.letTimePass(lateMs);
      return becomeReady(context);
    },
  },
  {
    name: "handshake: no owner",
    expectation: "answers a SYNC without ownerId",
    parameters: { withoutOwner: "true" },
    isInvented: true,
    run: becomeReady,
  },
  {
    name: "handshake: no user",
    expectation: "answers a SYNC without userId",
    parameters: { withoutUser: "true" },
    isInvented: true,
    run: becomeReady,
  },
  {
    name: "handshake: second SYNC",
    expectation: "keeps running after a second SYNC",
    async run(context, { place }) {
      if (!(await context.waitUntilReady())) return undefined;
      // The SDK answers only the first SYNC, so do not wait for a second answer.
      await context.whileDoing("on a second SYNC", () => sendSync(context.page, { ...sync, ...place }, secondSyncMs));
      await context.sendEvent("VISIBILITY_CHANGED", { isMinimized: false, isHidden: false });
      await context.waitUntilQuiet();
      return undefined;
    },
  },
  {
    name: "navigation",
    expectation: "becomes ready again after HubSpot reloads the page",
    async run(context, app) {
      const wasLoggedIn = (await logIn(context, app)) === undefined;
      const before = await context.appMessageCount();
      await context.reload();
      if (!(await context.waitUntilReady())) return undefined;
      if (wasLoggedIn && !(await logsIn(context, before))) context.report("login-lost", loginLost);
      await context.waitUntilQuiet();
      return undefined;
    },
  },
  {
    name: "navigation: engagementId",
    expectation: "returns the engagementId from SYNC (onReady) in initialized",
    parameters: withoutSync,
    ignoresRules: "all",
    async run(context, { place, sdkVersion }) {
      if (!sdkTraitsOf(sdkVersion).hasReadyData) return noReadyData(sdkVersion);
      const engagementId = 4711;
      if (!(await sendSync(context.page, { ...sync, ...place, engagementId }, context.timeoutMs))) {
        context.report("not-ready", "the app did not answer a SYNC that contains an engagementId");
        return undefined;
      }
      const initialized = await context.waitForMessage("INITIALIZED", 0);
      if (!initialized) {
        context.report("not-ready", "the app did not send initialized after a SYNC that contains an engagementId");
      } else if (fieldsOf(initialized.data).engagementId !== engagementId) {
        const message = `SYNC (onReady) contained engagementId ${engagementId}, but initialized did not`;
        context.report("engagement-not-said", message);
      }
      return undefined;
    },
  },
];

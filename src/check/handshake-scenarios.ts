import { fieldsOf } from "../protocol/fields.ts";
import type { AppTraits, Scenario } from "./scenario.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import { sendSync } from "./send-sync.ts";

/** Turns off the simulator's SYNC, because the scenario sends its own. */
const withoutSync = { syncDelay: "Infinity", timeout: "600000" };
const sync = { portalId: 62515, userId: 9, ownerId: 42, iframeLocation: "widget", usesCallingWindow: true };

export function firstHandshake(app: AppTraits): Scenario {
  return {
    name: "handshake",
    expectation: "answers SYNC and sends initialized in time",
    async run(context) {
      const start = performance.now();
      if (!(await context.waitUntilReady())) return undefined;
      app.readyAfterMs = performance.now() - start;
      app.sdkVersion = await context.page.evaluate(async () => (await window.hubspot.ready).version);
      await context.waitUntilQuiet();
      const messages = await context.messages("app");
      app.supportsInboundCalls ||= messages.some(
        ({ type, data }) => type === "USER_AVAILABLE" || (type === "INITIALIZED" && "isAvailable" in fieldsOf(data)),
      );
      return undefined;
    },
  };
}

async function becomeReady(context: ScenarioContext): Promise<undefined> {
  await context.waitUntilReady();
  await context.waitUntilQuiet();
}

export const handshakeScenarios: Scenario[] = [
  {
    name: "handshake: late SYNC",
    expectation: "answers a SYNC that arrives three seconds late",
    parameters: { syncDelay: "3000" },
    run: becomeReady,
  },
  {
    name: "handshake: no owner",
    expectation: "answers a SYNC without ownerId",
    parameters: { withoutOwner: "true" },
    run: becomeReady,
  },
  {
    name: "handshake: no user",
    expectation: "answers a SYNC without userId",
    parameters: { withoutUser: "true" },
    run: becomeReady,
  },
  {
    name: "handshake: second SYNC",
    expectation: "keeps running after a second SYNC",
    async run(context) {
      if (!(await context.waitUntilReady())) return undefined;
      // The SDK answers only the first SYNC, so do not wait for a second answer.
      await context.whileDoing("on a second SYNC", () => sendSync(context.page, sync, 500));
      await context.sendEvent("VISIBILITY_CHANGED", { isMinimized: false, isHidden: false });
      await context.waitUntilQuiet();
      return undefined;
    },
  },
  {
    name: "navigation",
    expectation: "is ready again after HubSpot reloads the page",
    async run(context) {
      if (!(await context.waitUntilReady())) return undefined;
      await context.reload();
      return becomeReady(context);
    },
  },
  {
    name: "navigation: engagementId",
    expectation: "returns the engagementId from SYNC (onReady) in initialized",
    parameters: withoutSync,
    ignoresRules: "all",
    async run(context) {
      const engagementId = 4711;
      if (!(await sendSync(context.page, { ...sync, engagementId }, context.timeoutMs))) {
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

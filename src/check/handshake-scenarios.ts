// How HubSpot's page and the app meet: SYNC in its forms, and the page reloaded.
import { fieldsOf } from "../protocol/fields.ts";
import type { AppTraits, Scenario } from "./scenario.ts";
import type { ScenarioContext } from "./scenario-context.ts";
import { sendSync } from "./send-sync.ts";

/** The simulator holds its own SYNC back: the scenario sends one. */
const withoutSync = { syncDelay: "Infinity", timeout: "600000" };
const sync = { portalId: 62515, userId: 9, ownerId: 42, iframeLocation: "widget", usesCallingWindow: true };

/** Also fills in what it shows of the app. */
export function firstHandshake(app: AppTraits): Scenario {
  return {
    name: "handshake",
    expectation: "answers SYNC, and says initialized, in time",
    async run(context) {
      const start = performance.now();
      if (!(await context.waitUntilReady())) return undefined;
      app.readyAfterMs = performance.now() - start;
      app.sdkVersion = await context.page.evaluate(async () => (await window.hubspot.ready).version);
      await context.waitUntilQuiet();
      const messages = await context.messages("app");
      app.takesInboundCalls ||= messages.some(
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
    name: "handshake: SYNC late",
    expectation: "answers a SYNC that comes three seconds late",
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
    name: "handshake: SYNC again",
    expectation: "goes on when SYNC comes again",
    async run(context) {
      if (!(await context.waitUntilReady())) return undefined;
      // The app need not answer again: the SDK answers only the first.
      await context.whileDoing("on a second SYNC", () => sendSync(context.page, sync, 500));
      await context.sendEvent("VISIBILITY_CHANGED", { isMinimized: false, isHidden: false });
      await context.waitUntilQuiet();
      return undefined;
    },
  },
  {
    name: "navigation",
    expectation: "is ready again when HubSpot reloads its page",
    async run(context) {
      if (!(await context.waitUntilReady())) return undefined;
      await context.reload();
      return becomeReady(context);
    },
  },
  {
    name: "navigation: READY with a call",
    expectation: "takes up the engagement's id that READY brings, in initialized",
    parameters: withoutSync,
    ignoresRules: "all",
    async run(context) {
      const engagementId = 4711;
      if (!(await sendSync(context.page, { ...sync, engagementId }, context.timeoutMs))) {
        context.report("not-ready", "a SYNC with an engagementId was not answered");
        return undefined;
      }
      const initialized = await context.waitForMessage("INITIALIZED", 0);
      if (!initialized) {
        context.report("not-ready", "initialized did not come after a SYNC with an engagementId");
      } else if (fieldsOf(initialized.data).engagementId !== engagementId) {
        const message = `READY brought engagementId ${engagementId}, initialized did not say it`;
        context.report("engagement-not-said", message);
      }
      return undefined;
    },
  },
];

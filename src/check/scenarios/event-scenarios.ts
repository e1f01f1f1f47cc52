import { readFile } from "node:fs/promises";
import type { AxeResults } from "axe-core";
import { resolvePackages } from "../../node/project-packages.ts";
import { sampleRecords } from "../../simulator/crm/sample-records.ts";
import { examples, knownBad } from "../../simulator/session/example-events.ts";
import { onExample, onKnownBad } from "../browser/uncaught.ts";
import type { ScenarioContext } from "../context/scenario-context.ts";
import { logIn } from "./log-in.ts";
import type { Scenario } from "./scenario.ts";

/** Excludes READY, which HubSpot does not send; the SDK creates it from SYNC. */
const events = Object.entries(examples).filter(([type]) => type !== "READY");

async function sendAll(context: ScenarioContext): Promise<undefined> {
  if (!(await context.waitUntilReady())) return;
  for (const [type, data] of events) await context.sendEvent(type, data, { uncaught: onExample(type) });
  for (const [name, bad] of Object.entries(knownBad)) {
    await context.sendEvent(bad.type, bad.data, { label: `${bad.type} (${name})`, uncaught: onKnownBad(bad) });
  }
  await context.waitUntilSettled();
}

export const eventScenarios: Scenario[] = [
  {
    name: "events",
    expectation: "survives every event, payloads that are known to break apps, and an unknown event",
    isLong: true,
    ignoresRules: "all", // There is no call, so most reactions by the app would break a rule.
    run: sendAll,
  },
  {
    name: "events: each twice",
    expectation: "survives the same events when HubSpot sends each one twice",
    isLong: true,
    parameters: { twice: "true" },
    ignoresRules: "all",
    isInvented: true,
    run: sendAll,
  },
  {
    name: "dial",
    expectation: "handles custom objects, records without an owner, and phone numbers that are not in E.164 format",
    // Some apps start a call by themselves. Other scenarios check such calls.
    ignoresRules: ["never-ended", "ghost-call", "not-e164", "no-engagement", "duplicate-engagement"],
    async run(context, app) {
      const reason = await logIn(context, app);
      if (reason) return reason;
      for (const { objectId, name } of sampleRecords.filter(({ numbers }) => numbers.length > 0)) {
        if (!(await context.waitUntilReady())) return undefined; // The app may have made HubSpot reload it.
        await context.whileDoing(`when HubSpot dials ${name}`, () =>
          context.page.evaluate((recordId) => window.hubspot.dial({ recordId, force: true }), objectId),
        );
      }
      await context.waitUntilSettled();
      return undefined;
    },
  },
  {
    name: "visibility",
    expectation: "keeps running when HubSpot minimizes, hides and shows it",
    async run(context) {
      if (!(await context.waitUntilReady())) return undefined;
      for (const id of ["minimise", "minimise", "hide", "hide"]) {
        await context.whileDoing(`on VISIBILITY_CHANGED (${id})`, () =>
          context.page.evaluate((button) => document.getElementById(button)?.click(), id),
        );
      }
      await context.waitUntilSettled();
      return undefined;
    },
  },
  {
    name: "accessibility",
    expectation: "has no accessibility violations that axe-core detects",
    async run(context) {
      const [axe] = resolvePackages(["axe-core/axe.min.js"]);
      if (!axe) return "axe-core is not installed; run npm install -D axe-core";
      if (!(await context.waitUntilReady())) return undefined;
      const frame = context.appFrame();
      if (!frame) return "the app was not loaded";
      await frame.evaluate(await readFile(axe, "utf8"));
      const { violations } = await frame.evaluate<AxeResults>("axe.run()");
      for (const { id, help, nodes } of violations) {
        const [first] = nodes;
        const message = `${id}: ${help}; elements: ${nodes.length}, first: ${first?.html.slice(0, 200)}`;
        context.report("accessibility", message);
      }
      return undefined;
    },
  },
];

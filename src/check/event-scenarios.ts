// Events from HubSpot with good and bad payloads, dialled records, visibility changes, and accessibility.
import { readFile } from "node:fs/promises";
import type { AxeResults } from "axe-core";
import { resolvePackages } from "../node/project-packages.ts";
import { records } from "../simulator/session/crm-records.ts";
import { examples, knownBad } from "../simulator/session/example-events.ts";
import { logIn } from "./log-in.ts";
import type { Scenario } from "./scenario.ts";
import type { ScenarioContext } from "./scenario-context.ts";

/** All but READY, which HubSpot does not send: the SDK creates it from SYNC. */
const documented = Object.entries(examples).filter(([type]) => type !== "READY");

async function sendAll(context: ScenarioContext): Promise<undefined> {
  if (!(await context.waitUntilReady())) return;
  for (const [type, data] of documented) await context.sendEvent(type, data);
  for (const [name, { type, data }] of Object.entries(knownBad)) {
    await context.sendEvent(type, data, `${type} (${name})`);
  }
  await context.waitUntilQuiet();
}

export const eventScenarios: Scenario[] = [
  {
    name: "events",
    expectation: "survives every event, payloads that are known to break apps, and an unknown event",
    ignoresRules: "all", // There is no call, so every reaction of the app would break a rule.
    run: sendAll,
  },
  {
    name: "events: each twice",
    expectation: "survives the same events when HubSpot sends each one twice",
    parameters: { twice: "true" },
    ignoresRules: "all",
    run: sendAll,
  },
  {
    name: "dial",
    expectation: "handles every record that a user may call: custom objects, no owner, numbers that are not E.164",
    // Some apps start a call by themselves. Other scenarios check those calls.
    ignoresRules: ["never-ended", "ghost-call", "not-e164", "no-engagement", "duplicate-engagement"],
    async run(context) {
      const reason = await logIn(context);
      if (reason) return reason;
      for (const { objectId, name } of records) {
        await context.whileDoing(`when HubSpot dials ${name}`, () =>
          context.page.evaluate((recordId) => window.hubspot.dial({ recordId, force: true }), objectId),
        );
        await context.waitUntilQuiet();
      }
      return undefined;
    },
  },
  {
    name: "visibility",
    expectation: "keeps running when HubSpot minimises, hides and shows it",
    async run(context) {
      if (!(await context.waitUntilReady())) return undefined;
      for (const id of ["minimise", "minimise", "hide", "hide"]) {
        await context.whileDoing(`on VISIBILITY_CHANGED (${id})`, () =>
          context.page.evaluate((button) => document.getElementById(button)?.click(), id),
        );
        await context.waitUntilQuiet();
      }
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
        const message = `${id}: ${help}; ${nodes.length} elements, the first is ${first?.html.slice(0, 200)}`;
        context.report("accessibility", message);
      }
      return undefined;
    },
  },
];

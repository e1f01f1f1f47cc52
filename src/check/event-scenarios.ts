// What HubSpot sends, good or bad, and its effect on the page: none of it may break the app.
import { readFile } from "node:fs/promises";
import type { AxeResults } from "axe-core";
import { resolvePackages } from "../node/project-packages.ts";
import { records } from "../simulator/session/crm-records.ts";
import { examples, knownBad } from "../simulator/session/example-events.ts";
import { logIn } from "./log-in.ts";
import type { Scenario } from "./scenario.ts";
import type { ScenarioContext } from "./scenario-context.ts";

/** Without READY, which the SDK makes of SYNC: HubSpot does not send it. */
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
    expectation: "takes every event, every payload that is known to be bad, and an event that it does not know",
    ignoresRules: "all", // without a call, nothing that it sends can be right
    run: sendAll,
  },
  {
    name: "events, each twice",
    expectation: "takes all of them when each comes twice",
    parameters: { twice: "true" },
    ignoresRules: "all",
    run: sendAll,
  },
  {
    name: "dial",
    expectation:
      "takes every record that HubSpot dials: a custom object, one without an owner, a number that is not E.164",
    // The records are only dialled. Other scenarios judge the calls that the app may begin by itself.
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
    expectation: "goes on when it is minimised, hidden and shown",
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
    expectation: "has no violation that axe finds",
    async run(context) {
      const [axe] = resolvePackages(["axe-core/axe.min.js"]);
      if (!axe) return "axe-core is not installed: npm install -D axe-core";
      if (!(await context.waitUntilReady())) return undefined;
      const frame = await context.appFrame();
      await frame.evaluate(await readFile(axe, "utf8"));
      const { violations } = await frame.evaluate<AxeResults>("axe.run()");
      for (const { id, help, nodes } of violations) {
        const [first] = nodes;
        const message = `${id}: ${help}; ${nodes.length} of them, first ${first?.html.slice(0, 200)}`;
        context.report("accessibility", message);
      }
      return undefined;
    },
  },
];

// What HubSpot sends, sound or not, and what a person sees of it: nothing of it may break the app.

import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { AxeResults } from "axe-core";
import { records } from "../simulator/session/crm-records.ts";
import { examples, knownBad } from "../simulator/session/example-events.ts";
import { readyToCall, type Scenario } from "./scenario.ts";

/** READY is what the SDK makes of SYNC: HubSpot does not send it. */
const documented = Object.entries(examples).filter(([type]) => type !== "READY");

const sendAll: Scenario["play"] = async (stage) => {
  if (!(await stage.ready())) return undefined;
  for (const [type, data] of documented) await stage.send(type, data);
  for (const [name, { type, data }] of Object.entries(knownBad)) await stage.send(type, data, `${type} (${name})`);
  await stage.settled();
  return undefined;
};

export const events: Scenario[] = [
  {
    name: "events",
    expectation: "takes every event, every payload that is known to be bad, and an event that it does not know",
    forgives: true, // out of any call, what it sends then cannot be right
    play: sendAll,
  },
  {
    name: "events, each twice",
    expectation: "takes all of them when each comes twice",
    parameters: { twice: "true" },
    forgives: true,
    play: sendAll,
  },
  {
    name: "dial",
    expectation:
      "takes every record that HubSpot dials: a custom object, one without an owner, a number that is not E.164",
    // Of each record it is dialled only: the calls that the app may begin by itself are judged elsewhere.
    forgives: ["never-ended", "ghost-call", "not-e164", "no-engagement", "duplicate-engagement"],
    async play(stage) {
      const refused = await readyToCall(stage);
      if (refused) return refused;
      for (const { objectId, name } of records) {
        await stage.during(`when HubSpot dials ${name}`, () =>
          stage.page.evaluate((recordId) => window.hubspot.dial({ recordId, force: true }), objectId),
        );
        await stage.settled();
      }
      return undefined;
    },
  },
  {
    name: "visibility",
    expectation: "goes on when it is minimised, hidden and shown",
    async play(stage) {
      if (!(await stage.ready())) return undefined;
      for (const id of ["minimise", "minimise", "hide", "hide"]) {
        await stage.during(`on VISIBILITY_CHANGED (${id})`, () =>
          stage.page.evaluate((button) => document.getElementById(button)?.click(), id),
        );
        await stage.settled();
      }
      return undefined;
    },
  },
  {
    name: "accessibility",
    expectation: "has no violation that axe finds",
    async play(stage) {
      const axe = await readAxe();
      if (!axe) return "axe-core is not installed: npm install -D axe-core";
      if (!(await stage.ready())) return undefined;
      const app = await stage.frame();
      await app.evaluate(axe);
      const { violations } = await app.evaluate<AxeResults>("axe.run()");
      for (const { id, help, nodes } of violations) {
        const [first] = nodes;
        stage.found("accessibility", `${id}: ${help}; ${nodes.length} of them, first ${first?.html.slice(0, 200)}`);
      }
      return undefined;
    },
  },
];

async function readAxe(): Promise<string | undefined> {
  for (const from of [join(process.cwd(), "_"), import.meta.url]) {
    try {
      return await readFile(createRequire(from).resolve("axe-core/axe.min.js"), "utf8");
    } catch {
      // It is not there.
    }
  }
  return undefined;
}

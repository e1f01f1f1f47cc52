// Replays with the fixture, whose user actions run in Node.
import { readFileSync } from "node:fs";
import { expect, test as fixture } from "../../src/testing/playwright.ts";
import { recordedCall } from "../../src/testing/recorded-call.ts";
import type { Replay } from "../../src/testing/replay.ts";
import { simulatorUrl } from "../support/simulator.ts";

const test = fixture.extend<object, { hubspotServer: string }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the pattern to find the fixtures that this one needs.
  hubspotServer: [async ({}, use) => use(simulatorUrl), { scope: "worker" }],
});

const log = [
  { at: 1, from: "hubspot", type: "SET_CALL_STATE", data: {} },
  { at: 2, from: "app", type: "USER_UNAVAILABLE" },
  { at: 3, from: "app", type: "USER_AVAILABLE" },
]
  .map((line) => JSON.stringify(line))
  .join("\n");

test("rejects a replay with the first error of its user actions, and performs only the next replay's user actions in the next replay", async ({
  hubspot,
}) => {
  const fail = (reason: string) => () => Promise.reject(new Error(reason));
  const failing = { USER_UNAVAILABLE: fail("first"), USER_AVAILABLE: fail("second") };
  await expect(hubspot.replay(log, { here: true, timeout: 50, userActions: failing })).rejects.toThrow("first");

  const userActions = {
    USER_UNAVAILABLE: () => hubspot.app.locator("#userUnavailable").click(),
    USER_AVAILABLE: () => hubspot.app.locator("#userAvailable").click(),
  };
  expect(await hubspot.replay(log, { here: true, userActions })).toEqual([]);
});

test("replays a recorded call with its user actions and its time limit", async () => {
  const file = "src/testing/call.jsonl";
  const options = { userActions: { CALL_ENDED: async () => {} }, timeout: 1000 };
  const replays: Parameters<Replay>[] = [];
  const replay: Replay = async (...args) => {
    replays.push(args);
    return [];
  };
  await recordedCall(file, options)({ hubspot: { replay } });
  expect(replays).toEqual([[readFileSync(file, "utf8"), options]]);
});

// Synchronization of the page's calls with the server's calls.
import { expect, test } from "../../../support/simulator.ts";

const call = (engagementId: number, fields: object) => ({
  engagementId,
  externalCallId: "",
  direction: "OUTBOUND",
  state: "completed",
  properties: {},
  createdAt: 1,
  ...fields,
});

test("imports a call that the API wrote last, but not a call that a page wrote last", async ({ simulator, page }) => {
  const calls = { 1: call(1, { by: "page" }), 2: call(2, { by: "api" }), 3: call(3, {}) };
  await page.route("**/simulator/state*", (route) => route.fulfill({ json: { apps: {}, calls } }));
  await simulator.open();
  await expect.poll(async () => (await simulator.engagements()).map(({ engagementId }) => engagementId)).toEqual([2]);
});

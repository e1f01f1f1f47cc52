// The softphone of the README, in the simulator: whoever copies it begins with an app that does nothing wrong.

import { expect, test } from "../support/simulator.ts";
import { softphonePage } from "../support/softphone.ts";

test.beforeEach(async ({ simulator, serve }) => {
  await simulator.ready({ app: await serve((response) => response.end(softphonePage)) });
});

test("makes a call that is on the timeline, with no finding", async ({ simulator, page }) => {
  const press = (name: string) => simulator.app.getByRole("button", { name }).click();
  await simulator.dial({ recordId: 51 });
  await simulator.sent("OUTGOING_CALL_STARTED");
  await press("Answered");
  await press("Hang up");
  await press("Save");
  await simulator.sent("CALL_COMPLETED");
  expect(await page.evaluate(() => window.hubspot.close())).toEqual([]);
  expect(await simulator.engagements()).toMatchObject([
    { state: "completed", direction: "OUTBOUND", properties: { hs_call_title: "Call", hs_call_status: "COMPLETED" } },
  ]);
});

test("goes on with its call on another page, and hangs up when HubSpot says so", async ({ simulator, page }) => {
  await simulator.dial();
  await simulator.sent("OUTGOING_CALL_STARTED");
  await page.reload();
  await expect(simulator.app.getByText("In a call")).toBeVisible();
  await simulator.send("END_CALL");
  const { engagementId, externalCallId } = (await simulator.engagements())[0] ?? {};
  expect((await simulator.sent("CALL_ENDED")).data).toEqual({
    engagementId,
    externalCallId,
    callEndStatus: "COMPLETED",
  });
  await simulator.app.getByRole("button", { name: "Save" }).click();
  await simulator.sent("CALL_COMPLETED");
  expect(await page.evaluate(() => window.hubspot.close())).toEqual([]);
});

// The softphone of the README, in the stand-in: whoever copies it begins with an app that does nothing wrong.
import { softphonePage } from "../setup/softphone.ts";
import { expect, test } from "../setup/stand-in.ts";

test.beforeEach(async ({ standIn, serve }) => {
  await standIn.ready({ app: await serve((response) => response.end(softphonePage)) });
});

test("makes a call that is on the timeline, with no finding", async ({ standIn, page }) => {
  const press = (name: string) => standIn.app.getByRole("button", { name }).click();
  await standIn.dial({ recordId: 51 });
  await standIn.sent("OUTGOING_CALL_STARTED");
  await press("Answered");
  await press("Hang up");
  await press("Save");
  await standIn.sent("CALL_COMPLETED");
  expect(await page.evaluate(() => window.hubspot.close())).toEqual([]);
  expect(await standIn.engagements()).toMatchObject([
    { state: "completed", direction: "OUTBOUND", properties: { hs_call_title: "Call", hs_call_status: "COMPLETED" } },
  ]);
});

test("goes on with its call on another page, and hangs up when HubSpot says so", async ({ standIn, page }) => {
  await standIn.dial();
  await standIn.sent("OUTGOING_CALL_STARTED");
  await page.reload();
  await expect(standIn.app.getByText("In a call")).toBeVisible();
  await standIn.send("END_CALL");
  const { engagementId, externalCallId } = (await standIn.engagements())[0] ?? {};
  expect((await standIn.sent("CALL_ENDED")).data).toEqual({
    engagementId,
    externalCallId,
    callEndStatus: "COMPLETED",
  });
  await standIn.app.getByRole("button", { name: "Save" }).click();
  await standIn.sent("CALL_COMPLETED");
  expect(await page.evaluate(() => window.hubspot.close())).toEqual([]);
});

// The example softphone must cause no findings in the simulator, because new apps start as copies of it.
import { expect, test } from "../support/simulator.ts";
import { softphonePage } from "../support/softphone.ts";

test.beforeEach(async ({ simulator, serve }) => {
  await simulator.ready({ app: await serve((response) => response.end(softphonePage)) });
});

test("makes a call if the browser blocks storage in iframes", async ({ simulator, serve, page }) => {
  const blocked = `<script>
    const get = () => { throw new DOMException("Access is denied for this document.", "SecurityError"); };
    Object.defineProperty(window, "localStorage", { get });
  </script>`;
  const app = await serve((response) => response.end(softphonePage.replace("<main>", `${blocked}<main>`)));
  await simulator.ready({ app });
  await simulator.dial();
  await simulator.sent("OUTGOING_CALL_STARTED");
  for (const name of ["Answered", "Hang up", "Save"]) await simulator.app.getByRole("button", { name }).click();
  await simulator.sent("CALL_COMPLETED");
  expect(await page.evaluate(() => window.hubspot.close())).toEqual([]);
});

test("makes a call that appears on the timeline and causes no findings", async ({ simulator, page }) => {
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

test("declines an incoming call, and shows only the buttons that apply", async ({ simulator, page }) => {
  const labels = () => simulator.app.getByRole("button").allTextContents();
  const press = (name: string) => simulator.app.getByRole("button", { name }).click();
  expect(await labels()).toEqual(["Simulate an incoming call"]);
  await press("Simulate an incoming call");
  await simulator.sent("INCOMING_CALL");
  expect(await labels()).toEqual(["Answer", "Decline"]);
  await press("Decline");
  expect((await simulator.sent("CALL_ENDED")).data).toMatchObject({ callEndStatus: "REJECTED" });
  expect(await labels()).toEqual(["Save"]);
  await press("Save");
  await simulator.sent("CALL_COMPLETED");
  expect(await page.evaluate(() => window.hubspot.close())).toEqual([]);
  expect(await simulator.engagements()).toMatchObject([{ state: "completed", direction: "INBOUND" }]);
});

test("ignores END_CALL if no call is in progress", async ({ simulator, page }) => {
  await simulator.send("END_CALL");
  await simulator.dial();
  await simulator.sent("OUTGOING_CALL_STARTED");
  expect((await simulator.messages("app")).map(({ type }) => type)).not.toContain("CALL_ENDED");
  for (const name of ["Hang up", "Save"]) await simulator.app.getByRole("button", { name }).click();
  await simulator.sent("CALL_COMPLETED");
  expect(await page.evaluate(() => window.hubspot.close())).toEqual([]);
});

test("keeps its call when HubSpot reloads the page, and hangs up on END_CALL", async ({ simulator, page }) => {
  await simulator.dial();
  await simulator.sent("OUTGOING_CALL_STARTED");
  await simulator.app.getByRole("button", { name: "Answered" }).click();
  await page.reload();
  await expect(simulator.app.getByText("in a call")).toBeVisible();
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

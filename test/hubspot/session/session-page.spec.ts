// Whole calls between the stand-in and the project's own app, and what a person or the address sets about them.
import { expect, test } from "../../setup/stand-in.ts";

test("an outbound call runs from Call to the timeline, with no finding", async ({ standIn, page, errors }) => {
  await standIn.ready();
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(standIn.app.locator("[name=toNumber]")).toHaveValue("+18005550151");
  const started = await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
  await standIn.press("callAnswered", "CALL_ANSWERED");
  await standIn.app.locator("summary", { hasText: "More fields" }).click();
  await standIn.app.locator("[name=hs_call_title]").fill("Renewal");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  await expect
    .poll(async () => (await standIn.messages("hubspot")).map(({ type }) => type))
    .toEqual([
      "READY",
      "DIAL_NUMBER",
      "CREATE_ENGAGEMENT_SUCCEEDED",
      "VISIBILITY_CHANGED",
      "UPDATE_ENGAGEMENT_SUCCEEDED",
    ]);
  const [engagement] = await standIn.engagements();
  expect(engagement).toMatchObject({
    direction: "OUTBOUND",
    state: "completed",
    ghost: false,
    duplicate: false,
    properties: { hs_call_title: "Renewal", hs_call_to_number: "+18005550151", hs_call_status: "COMPLETED" },
  });
  expect(started.data).toMatchObject({ externalCallId: engagement?.externalCallId });
  await expect(page.locator(`[data-engagement="${engagement?.engagementId}"]`)).toHaveAttribute(
    "data-state",
    "completed",
  );
  expect(await standIn.findings()).toEqual([]);
  expect(errors).toEqual([]);
});

test("an inbound call finds the caller, goes to the record, and survives it, with no finding", async ({
  standIn,
  page,
}) => {
  await standIn.ready();
  await standIn.press("userAvailable", "USER_AVAILABLE");
  await standIn.app.locator("[name=fromNumber]").fill("+442079460101");
  await standIn.app.locator("[name=toNumber]").fill("+18005550100");
  await standIn.press("incomingCall", "INCOMING_CALL");
  await expect(standIn.app.locator("#caller")).toHaveText("Analytical Engines (COMPANY 101)");
  const engagementId = await standIn.app.locator("[name=engagementId]").inputValue();
  await standIn.press("navigateToRecord", "NAVIGATE_TO_RECORD");
  await expect(page.locator("[data-record='0-2/101']")).toHaveAttribute("aria-current", "page");

  // The frame is another page now; it takes up the call that was running.
  await expect
    .poll(async () => (await standIn.messages("hubspot")).filter(({ type }) => type === "READY").length)
    .toBe(2);
  const ready = (await standIn.messages("hubspot")).findLast(({ type }) => type === "READY");
  expect(ready?.data).toMatchObject({ engagementId: Number(engagementId) });
  await expect
    .poll(async () => (await standIn.messages("app")).at(-1))
    .toMatchObject({
      type: "INITIALIZED",
      data: { engagementId: Number(engagementId) },
    });
  await standIn.press("callAnswered", "CALL_ANSWERED");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  const [engagement] = await standIn.engagements();
  expect(engagement).toMatchObject({ direction: "INBOUND", state: "completed", engagementId: Number(engagementId) });
  expect(await standIn.findings()).toEqual([]);
});

test("a reload in mid-call brings the running call back", async ({ standIn, page }) => {
  await standIn.ready();
  await standIn.dial();
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
  const engagementId = await standIn.app.locator("[name=engagementId]").inputValue();
  const reloads = [
    async () => {
      await page.locator("#reload").click();
      await page.getByRole("button", { name: "Reload all the same" }).click();
    },
    () => page.reload(),
  ];
  for (const reload of reloads) {
    await reload();
    await expect(standIn.app.locator("#status")).toHaveAttribute("data-state", "ready");
    await expect(standIn.app.locator("[name=engagementId]")).toHaveValue(engagementId);
  }
  await standIn.press("callAnswered", "CALL_ANSWERED");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  expect(await standIn.findings()).toEqual([]);
});

test("what the address sets is in SYNC and in force, and the rest as it is", async ({ standIn }) => {
  await standIn.ready({
    portalId: "7",
    withoutOwner: "true",
    withoutUser: "true",
    iframeLocation: "remote",
    usesCallingWindow: "false",
    twice: "true",
    sendsDeprecated: "true",
  });
  const ready = (await standIn.messages("hubspot")).find(({ type }) => type === "READY");
  expect(ready?.data).toMatchObject({ portalId: 7, iframeLocation: "remote", usesCallingWindow: false });
  for (const name of ["ownerId", "userId"]) expect(ready?.data).not.toHaveProperty(name);
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  const created = ["CREATE_ENGAGEMENT_SUCCEEDED", "ENGAGEMENT_CREATED"].flatMap((type) => [type, type]);
  await expect.poll(async () => (await standIn.messages("hubspot")).map(({ type }) => type).slice(1)).toEqual(created);
});

test("what is set on the page is in force at once, without loading the app anew unless SYNC tells of it", async ({
  standIn,
  page,
}) => {
  await standIn.ready();
  const readies = async () => (await standIn.messages("hubspot")).filter(({ type }) => type === "READY").length;
  await standIn.tab("Session");
  await page.locator("[name=sendsDeprecated]").check();
  await standIn.answer("OUTGOING_CALL_STARTED", "succeed", 100);
  await standIn.tab("Answers");
  await expect(page.getByLabel("Delay for outgoingCall, milliseconds"), "by a script").toHaveValue("100");
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect.poll(async () => (await standIn.messages("hubspot")).at(-1)?.type).toBe("ENGAGEMENT_CREATED");

  await page.getByLabel("Answer to callCompleted").selectOption("fails");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  await expect.poll(async () => (await standIn.messages("hubspot")).at(-1)?.type).toBe("UPDATE_ENGAGEMENT_FAILED");
  expect(await readies()).toBe(1);
  await standIn.tab("Session");
  await page.locator("#session [name=portalId]").fill("7");
  await page.locator("#session [name=portalId]").blur();
  await expect.poll(readies).toBe(2);
});

test("does not dial for an app whose user is not logged in, and says so to a person and to a script", async ({
  standIn,
  page,
}) => {
  await standIn.ready();
  await standIn.press("userLoggedOut", "LOGGED_OUT");
  await expect(standIn.dial()).rejects.toThrow(/user is not logged in: await hubspot.loggedIn/);
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.getByRole("alert")).toContainText("not said that its user is logged in");
  expect((await standIn.messages("hubspot")).map(({ type }) => type)).not.toContain("DIAL_NUMBER");
});

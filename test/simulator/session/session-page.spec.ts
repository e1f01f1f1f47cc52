// Complete calls between the simulator and the calling app, and settings from the user and from the URL.
import { expect, test } from "../../support/simulator.ts";

test("makes an outbound call that appears on the timeline, and reports no findings", async ({
  simulator,
  page,
  errors,
}) => {
  await simulator.ready();
  // The app's form contains the record's other number from the start.
  await page.getByRole("button", { name: "Call +18005550152" }).click();
  await expect(simulator.app.locator("[name=toNumber]")).toHaveValue("+18005550152");
  const started = await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(simulator.app.locator("[name=engagementId]")).not.toHaveValue("");
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.app.locator("summary", { hasText: "More fields" }).click();
  await simulator.app.locator("[name=hs_call_title]").fill("Renewal");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await expect
    .poll(async () => (await simulator.messages("hubspot")).map(({ type }) => type))
    .toEqual([
      "READY",
      "DIAL_NUMBER",
      "CREATE_ENGAGEMENT_SUCCEEDED",
      "VISIBILITY_CHANGED",
      "UPDATE_ENGAGEMENT_SUCCEEDED",
    ]);
  const [engagement] = await simulator.engagements();
  expect(engagement).toMatchObject({
    direction: "OUTBOUND",
    state: "completed",
    ghost: false,
    duplicate: false,
    properties: { hs_call_title: "Renewal", hs_call_to_number: "+18005550152", hs_call_status: "COMPLETED" },
  });
  expect(started.data).toMatchObject({ externalCallId: engagement?.externalCallId });
  await expect(page.locator(`[data-engagement="${engagement?.engagementId}"]`)).toHaveAttribute(
    "data-state",
    "completed",
  );
  expect(await simulator.findings()).toEqual([]);
  expect(errors).toEqual([]);
});

test("receives an inbound call, finds and opens the caller's record, and reports no findings", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.press("userAvailable", "USER_AVAILABLE");
  await simulator.app.locator("[name=fromNumber]").fill("+442079460101");
  await simulator.app.locator("[name=toNumber]").fill("+18005550100");
  await simulator.press("incomingCall", "INCOMING_CALL");
  await expect(simulator.app.locator("#caller")).toHaveText("Analytical Engines (COMPANY 101)");
  const engagementId = await simulator.app.locator("[name=engagementId]").inputValue();
  await simulator.press("navigateToRecord", "NAVIGATE_TO_RECORD");
  await expect(page.locator("[data-record='0-2/101']")).toHaveAttribute("aria-current", "page");

  // The frame's new page resumes the call in progress.
  await expect
    .poll(async () => (await simulator.messages("hubspot")).filter(({ type }) => type === "READY").length)
    .toBe(2);
  const ready = (await simulator.messages("hubspot")).findLast(({ type }) => type === "READY");
  expect(ready?.data).toMatchObject({ engagementId: Number(engagementId) });
  await expect
    .poll(async () => (await simulator.messages("app")).at(-1))
    .toMatchObject({
      type: "INITIALIZED",
      data: { engagementId: Number(engagementId) },
    });
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  const [engagement] = await simulator.engagements();
  expect(engagement).toMatchObject({ direction: "INBOUND", state: "completed", engagementId: Number(engagementId) });
  expect(await simulator.findings()).toEqual([]);
});

test("resumes the current call after a reload of the app and after a reload of the page", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.startCall();
  const engagementId = await simulator.app.locator("[name=engagementId]").inputValue();
  const reloads = [
    async () => {
      await page.locator("#reload").click();
      await page.getByRole("button", { name: "Reload anyway" }).click();
    },
    () => page.reload(),
  ];
  for (const reload of reloads) {
    await reload();
    await expect(simulator.app.locator("#status")).toHaveAttribute("data-state", "ready");
    await expect(simulator.app.locator("[name=engagementId]")).toHaveValue(engagementId);
  }
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  expect(await simulator.findings()).toEqual([]);
});

test("applies URL parameters to READY and to the replies", async ({ simulator }) => {
  await simulator.ready({
    portalId: "7",
    withoutOwner: "true",
    withoutUser: "true",
    iframeLocation: "remote",
    usesCallingWindow: "false",
    twice: "true",
    sendsDeprecated: "true",
  });
  const ready = (await simulator.messages("hubspot")).find(({ type }) => type === "READY");
  expect(ready?.data).toMatchObject({ portalId: 7, iframeLocation: "remote", usesCallingWindow: false });
  for (const name of ["ownerId", "userId"]) expect(ready?.data).not.toHaveProperty(name);
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  const created = ["CREATE_ENGAGEMENT_SUCCEEDED", "ENGAGEMENT_CREATED"].flatMap((type) => [type, type]);
  await expect
    .poll(async () => (await simulator.messages("hubspot")).map(({ type }) => type).slice(1))
    .toEqual(created);
});

test("does not dial if the app's user is not logged in, reports the reason to the user and to scripts, applies changed settings immediately, and reloads the app only if SYNC changes", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.press("userLoggedOut", "LOGGED_OUT");
  await expect(simulator.dial()).rejects.toThrow(/user is not logged in; await hubspot.loggedIn/);
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.getByRole("alert")).toContainText("has not reported a logged-in user");
  expect((await simulator.messages("hubspot")).map(({ type }) => type)).not.toContain("DIAL_NUMBER");
  await simulator.press("userLoggedIn", "LOGGED_IN");

  const readies = async () => (await simulator.messages("hubspot")).filter(({ type }) => type === "READY").length;
  await simulator.tab("Session");
  await page.locator("[name=sendsDeprecated]").check();
  await simulator.answer("OUTGOING_CALL_STARTED", "succeed", 100);
  await simulator.tab("Replies");
  const delay = page.getByLabel("Delay for outgoingCall in milliseconds");
  await expect(delay, "the value that a script set").toHaveValue("100");
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect.poll(async () => (await simulator.messages("hubspot")).at(-1)?.type).toBe("ENGAGEMENT_CREATED");

  await page.getByLabel("Reply to callCompleted").selectOption("fail");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await expect.poll(async () => (await simulator.messages("hubspot")).at(-1)?.type).toBe("UPDATE_ENGAGEMENT_FAILED");
  expect(await readies()).toBe(1);
  await simulator.tab("Session");
  await page.locator("#session [name=portalId]").fill("7");
  await page.locator("#session [name=portalId]").blur();
  await expect.poll(readies).toBe(2);
});

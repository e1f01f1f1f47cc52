// window.hubspot.dial(): the calls that it makes, and when it asks or rejects.
import { acknowledge, expect, minimalApp, test } from "../../support/simulator.ts";

const byHand = minimalApp(`${acknowledge} post({ type: "INITIALIZED", data: {} }); globalThis.post = post;`);

test("rejects hubspot.dial() before the app is ready or its user is logged in, and names the promise to await", async ({
  simulator,
  serve,
  page,
}) => {
  const app = await serve((response) => response.end(byHand));
  await simulator.open({ app });
  // The app may not have sent a message yet.
  await page.evaluate(() => {
    const errorText = window.hubspot.dial().catch((error: Error) => error.message);
    Object.assign(window, { errorText });
  });
  const early = await page.evaluate(() => Object(window).errorText);
  await page.evaluate(() => window.hubspot.ready);
  expect([/await hubspot.ready/, /await hubspot.loggedIn/].some((pattern) => pattern.test(early))).toBe(true);
  await expect(simulator.dial()).rejects.toThrow("The app's user is not logged in; await hubspot.loggedIn first.");

  // The alert disappears when the user logs in.
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.getByRole("alert")).toContainText("has not reported a logged-in user");
  await simulator.app.locator("body").evaluate(() => Object(globalThis).post({ type: "LOGGED_IN" }));
  await page.evaluate(() => window.hubspot.loggedIn);
  await expect(page.getByRole("alert")).toBeHidden();
  await simulator.dial();
  expect((await simulator.messages("hubspot")).at(-1)?.type).toBe("DIAL_NUMBER");
  await simulator.app.locator("body").evaluate(() => Object(globalThis).post({ type: "LOGGED_OUT" }));
  await expect(simulator.dial()).rejects.toThrow(/await hubspot.loggedIn/);
});

test("asks before it dials, reloads or closes the app, or switches to another app, during a call", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.dial();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(simulator.dial()).rejects.toThrow(/A call is in progress. .* only after callEnded/);
  await page.evaluate(() => window.hubspot.answer("CALL_COMPLETED", "succeed", 1)); // enables Reset
  const dials = async () => (await simulator.messages("hubspot")).filter(({ type }) => type === "DIAL_NUMBER").length;
  await page.evaluate(() => window.hubspot.dial({ force: true }));
  expect(await dials()).toBe(2);

  const dialog = page.getByRole("dialog");
  const frame = page.locator("#frame iframe");
  const actions: [action: () => Promise<unknown>, confirmation: string][] = [
    [() => page.getByRole("button", { name: "Call +18005550151" }).click(), "Call anyway"],
    [() => page.locator("#reload").click(), "Reload anyway"],
    [() => page.locator("#reset").click(), "Reset anyway"],
    [() => page.locator("#provider").dispatchEvent("change"), "Switch anyway"],
    [() => page.locator("#close").click(), "Close anyway"],
  ];
  for (const [action] of actions) {
    await action();
    await expect(dialog).toContainText(
      "A call is in progress. HubSpot lets the user dial, open another record, or reload",
    );
    await page.keyboard.press("Enter"); // Cancel has the focus.
    await expect(dialog).toBeHidden();
  }
  expect(await dials()).toBe(2);
  await expect(frame).toHaveCount(1);
  for (const [action, confirmation] of actions) {
    await action();
    await page.keyboard.press("Tab");
    await expect(dialog.getByRole("button", { name: confirmation })).toBeFocused();
    await page.keyboard.press("Enter");
    await expect(dialog).toBeHidden();
    if (confirmation !== "Close anyway") await page.evaluate(() => window.hubspot.loggedIn);
  }
  expect(await dials()).toBe(3);
  await expect(frame).toHaveCount(0);
});

test("dials a record from its own page, from another page, and outside any record page", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  const dial = (call: object) => page.evaluate((call) => window.hubspot.dial(call), call);
  await dial({ recordId: 101, phoneNumber: "+442079460102" });
  await dial({ recordId: 52 });
  await dial({ recordId: 52, pageRecordId: 101 });
  await dial({ recordId: 51, phoneNumber: "+18005550152", pageRecordId: 201 });
  await dial({ pageRecordId: 0 });
  const dials = (await simulator.messages("hubspot")).filter(({ type }) => type === "DIAL_NUMBER");
  expect(dials.map(({ data }) => data)).toMatchObject([
    { objectId: 101, toPhoneNumberSrc: "hq_phone" },
    { objectId: 52, subjectId: 52, objectType: "CONTACT", calleeInfo: { calleeId: 52, calleeObjectTypeId: "0-1" } },
    { objectId: 101, subjectId: 101, objectType: "COMPANY", calleeInfo: { calleeId: 52 } },
    { objectId: 201, objectType: "TICKET", calleeInfo: { calleeId: 51 }, toPhoneNumberSrc: "mobilephone" },
    { objectId: 0, subjectId: 0, threadId: 0, calleeInfo: { calleeId: 51, calleeObjectTypeId: "0-1" } },
  ]);
  await expect(page.locator("#records > [aria-current=page] b")).toHaveText("Help desk");
});

test("resolves hubspot.dial() after the calling window has dialed, or rejects it with the reason", async ({
  simulator,
  context,
  page,
}) => {
  await simulator.open({ iframeLocation: "remote" });
  await page.evaluate(() => window.hubspot.ready); // HubSpot expects this frame to be silent.
  const opening = context.waitForEvent("page");
  const dialing = simulator.dial();
  const opened = await opening;
  await dialing;
  const types = await opened.evaluate(() => window.hubspot.messages().map(({ type }) => type));
  expect(types).toContain("DIAL_NUMBER");
  await opened.frameLocator("#frame iframe").locator("#outgoingCall").click();
  await opened.evaluate(() => window.hubspot.waitFor("OUTGOING_CALL_STARTED"));
  await expect(simulator.dial()).rejects.toThrow(/A call is in progress/);
  await opened.frameLocator("#frame iframe").locator("#callEnded").click();
  await opened.frameLocator("#frame iframe").locator("#userLoggedOut").click();
  await opened.evaluate(() => window.hubspot.waitFor("LOGGED_OUT"));
  await expect(simulator.dial()).rejects.toThrow(/await hubspot.loggedIn/);
});

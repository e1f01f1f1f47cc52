import { expect, test } from "../support/host.ts";

test("a call survives that HubSpot loads the page anew", async ({ host }) => {
  await host.open();
  await host.field("toNumber").fill("+18005550123");
  await host.field("isAvailable").uncheck();
  await host.field("hideWidget").uncheck();
  await host.app.locator("#outgoingCall").click();
  const externalCallId = await host.field("externalCallId").inputValue();
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  await host.send("CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches: [{ name: "Ada", callerIdType: "CONTACT" }] });
  await expect(host.app.locator("#caller")).toHaveText("Ada (CONTACT –)");
  await host.field("message").evaluate((field: HTMLInputElement) => {
    field.value = "As talked about";
    field.dispatchEvent(new InputEvent("input", { bubbles: true }));
  });
  // Firefox may forget what a page stores while its frame is taken away: so do we here.
  await host.app.locator("body").evaluate(() => {
    Storage.prototype.setItem = () => {};
  });

  await host.open({ engagementId: 5 });
  await expect(host.field("message")).toHaveValue("As talked about");
  await expect(host.field("externalCallId")).toHaveValue(externalCallId);
  await expect(host.field("toNumber")).toHaveValue("+18005550123");
  expect((await host.next("INITIALIZED")).data).toMatchObject({ isLoggedIn: true, isAvailable: false });
  await expect(host.field("hideWidget")).not.toBeChecked();
  await expect(host.app.locator("#caller")).toHaveText("Ada (CONTACT –)");
  await host.app.locator("#callAnswered").click();
  expect((await host.next("CALL_ANSWERED")).data).toEqual({ externalCallId });
});

test("what was stored of another call is left alone", async ({ host }) => {
  await host.open();
  await host.app.locator("#outgoingCall").click();
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  await host.open({ engagementId: 6 });
  await expect(host.field("engagementId")).toHaveValue("6");
  await expect(host.field("externalCallId")).toHaveValue("");
});

test("what was stored of a call goes with its completion", async ({ host }) => {
  const stored = () => host.app.locator("body").evaluate(() => Object.keys(localStorage));
  await host.open();
  await host.app.locator("#outgoingCall").click();
  expect(await stored()).toEqual([]);
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 5 });
  await expect(host.field("engagementId")).toHaveValue("5");
  expect(await stored()).toEqual(["running call 5"]);
  await host.app.locator("#callEnded").click();
  await host.app.locator("#callCompleted").click();
  await host.next("CALL_COMPLETED");
  expect(await stored()).toEqual([]);
});

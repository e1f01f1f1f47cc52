// Apps that do everything right, whole calls in each place where HubSpot frames them: the stand-in has nothing to say.

import { softphonePage } from "../../setup/softphone.ts";
import { expect, minimalApp, type StandIn, test } from "../../setup/stand-in.ts";

const places: Record<string, Record<string, string>> = {
  widget: {},
  "the calling window": { iframeLocation: "window", usesCallingWindow: "true" },
  "the remote": { iframeLocation: "remote", usesCallingWindow: "false" },
};

const closed = (standIn: StandIn) => standIn.page.evaluate(() => window.hubspot.close());
const completed = { state: "completed", ghost: false, duplicate: false };

for (const [place, parameters] of Object.entries(places)) {
  test(`the calling app makes and takes a call in ${place}`, async ({ standIn }) => {
    await standIn.ready(parameters);
    await standIn.app.locator("[name=hideWidget]").uncheck();
    await standIn.dial();
    await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
    await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
    for (const start of ["", "incomingCall"]) {
      if (start) await standIn.press(start, "INCOMING_CALL");
      await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
      await standIn.press("callAnswered", "CALL_ANSWERED");
      await standIn.press("callEnded", "CALL_ENDED");
      await standIn.press("callCompleted", "CALL_COMPLETED");
    }
    expect(await closed(standIn)).toEqual([]);
    expect(await standIn.engagements()).toMatchObject([completed, completed]);
  });

  test(`the README's softphone makes a call in ${place}`, async ({ standIn, serve }) => {
    await standIn.ready({ app: await serve((response) => response.end(softphonePage)), ...parameters });
    await standIn.dial();
    await standIn.sent("OUTGOING_CALL_STARTED");
    for (const name of ["Answered", "Hang up", "Save"]) await standIn.app.getByRole("button", { name }).click();
    await standIn.sent("CALL_COMPLETED");
    expect(await closed(standIn)).toEqual([]);
    expect(await standIn.engagements()).toMatchObject([completed]);
  });
}

/** Says initialized before anybody is logged in, and goes through a call by itself as soon as it has its engagement. */
const loginApp = `${minimalApp(`
  window.say = (type, data) => post({ type, data });
  post({ ...data, type: "SYNC_ACK", version: "0.9.7" });
  post({ type: "INITIALIZED", data: {} });
`)}<button onclick="say('LOGGED_IN')">Log in</button><button onclick="start('INCOMING_CALL')">Ring</button><script>
  let externalCallId = "";
  const numbers = { fromNumber: "+18005550151", toNumber: "+18005550100" };
  const start = (type) => {
    externalCallId = crypto.randomUUID();
    say(type, { externalCallId, ...numbers, createEngagement: true });
  };
  addEventListener("message", ({ data: { type, data } }) => {
    if (type === "DIAL_NUMBER") start("OUTGOING_CALL_STARTED");
    if (type !== "CREATE_ENGAGEMENT_SUCCEEDED") return;
    const ids = { externalCallId, engagementId: data.engagementId };
    say("CALL_ANSWERED", { externalCallId });
    say("CALL_ENDED", { ...ids, callEndStatus: "COMPLETED" });
    say("CALL_COMPLETED", { ...ids, hideWidget: false });
  });
</script>`;

test("an app whose user logs in by hand makes and takes a call", async ({ standIn, page, serve }) => {
  await standIn.ready({ app: await serve((response) => response.end(loginApp)) });
  const refused = standIn.dial().catch(String);
  expect(await refused).toContain("hubspot.loggedIn");
  await standIn.app.getByRole("button", { name: "Log in" }).click();
  await page.evaluate(() => window.hubspot.loggedIn);
  await expect(page.locator("#alert")).toBeHidden();
  await standIn.dial();
  await standIn.sent("CALL_COMPLETED");
  await standIn.app.getByRole("button", { name: "Ring" }).click();
  await standIn.sent("CALL_COMPLETED");
  expect(await closed(standIn)).toEqual([]);
  expect(await standIn.engagements()).toMatchObject([completed, completed]);
});

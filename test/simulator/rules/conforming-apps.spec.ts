// Correct apps make and receive calls, or stay silent where they must, and the simulator reports no findings.

import { expect, minimalApp, type Simulator, test } from "../../support/simulator.ts";
import { softphonePage } from "../../support/softphone.ts";

const places: Record<string, Record<string, string>> = {
  "the widget": {},
  "the calling window": { iframeLocation: "window", usesCallingWindow: "true" },
  "the remote": { iframeLocation: "remote", usesCallingWindow: "false" },
};

const closed = (simulator: Simulator) => simulator.page.evaluate(() => window.hubspot.close());
const completed = { state: "completed", ghost: false, duplicate: false };

async function makeCalls(simulator: Simulator): Promise<void> {
  await simulator.app.locator("[name=hideWidget]").uncheck();
  await simulator.startCall();
  for (const start of ["", "incomingCall"]) {
    if (start) await simulator.press(start, "INCOMING_CALL");
    await expect(simulator.app.locator("[name=engagementId]")).not.toHaveValue("");
    await simulator.press("callAnswered", "CALL_ANSWERED");
    await simulator.press("callEnded", "CALL_ENDED");
    await simulator.press("callCompleted", "CALL_COMPLETED");
  }
}

async function makeCallsWithSoftphone(simulator: Simulator): Promise<void> {
  const press = (name: string) => simulator.app.getByRole("button", { name }).click();
  await simulator.dial();
  await simulator.sent("OUTGOING_CALL_STARTED");
  for (const name of ["Answered", "Hang up", "Save", "Simulate an incoming call"]) await press(name);
  await simulator.sent("INCOMING_CALL");
  for (const name of ["Answer", "Hang up", "Save"]) await press(name);
  await simulator.page.waitForFunction(
    () => window.hubspot.messages().filter(({ type }) => type === "CALL_COMPLETED").length === 2,
  );
}

for (const [place, parameters] of Object.entries(places)) {
  test(`the calling app and the example softphone make and receive a call in ${place} without findings`, async ({
    simulator,
    serve,
  }) => {
    await test.step("the calling app", async () => {
      await simulator.ready(parameters);
      await makeCalls(simulator);
      expect(await closed(simulator)).toEqual([]);
      expect(await simulator.engagements()).toMatchObject([completed, completed]);
    });
    await test.step("the example softphone", async () => {
      await simulator.page.evaluate(() => window.hubspot.clear());
      await simulator.load(await serve((response) => response.end(softphonePage)));
      await simulator.page.evaluate(() => window.hubspot.ready);
      await makeCallsWithSoftphone(simulator);
      expect(await closed(simulator)).toEqual([]);
      expect(await simulator.engagements()).toMatchObject([completed, completed]);
    });
  });
}

for (const parameters of [
  { iframeLocation: "remote", usesCallingWindow: "true" },
  { iframeLocation: "window", usesCallingWindow: "false" },
]) {
  test(`the example softphone sends nothing from a ${parameters.iframeLocation} that must be silent`, async ({
    simulator,
    serve,
  }) => {
    await simulator.ready({ app: await serve((response) => response.end(softphonePage)), ...parameters });
    await simulator.send("DIAL_NUMBER", { phoneNumber: "+18005550151" });
    await simulator.send("END_CALL");
    await expect(simulator.app.getByRole("button")).toHaveCount(0);
    await expect(simulator.app.getByText("calls take place in the")).toBeVisible();
    expect(await closed(simulator)).toEqual([]);
    expect((await simulator.messages("app")).map(({ type }) => type)).toEqual([]);
  });
}

/** An app that sends initialized before the user is logged in, and completes a call as soon as HubSpot has created the call's engagement. */
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

test("an app whose user logs in manually makes and receives a call without findings", async ({
  simulator,
  page,
  serve,
}) => {
  await simulator.ready({ app: await serve((response) => response.end(loginApp)) });
  const refused = simulator.dial().catch(String);
  expect(await refused).toContain("hubspot.loggedIn");
  await simulator.app.getByRole("button", { name: "Log in" }).click();
  await page.evaluate(() => window.hubspot.loggedIn);
  await expect(page.locator("#alert")).toBeHidden();
  await simulator.dial();
  await simulator.sent("CALL_COMPLETED");
  await simulator.app.getByRole("button", { name: "Ring" }).click();
  await simulator.sent("CALL_COMPLETED");
  expect(await closed(simulator)).toEqual([]);
  expect(await simulator.engagements()).toMatchObject([completed, completed]);
});

// Which numbers a call has: those that the fields begin with, that HubSpot dials, that a person wrote.
import { records } from "../../src/simulator/session/crm-records.ts";
import { expect, test } from "../support/host.ts";

test("begins with an inbound call of the simulator's first record, and calls from the user's number", async ({
  host,
}) => {
  const [first] = records;
  await host.open();
  await host.app.locator("#incomingCall").click();
  const { data } = await host.next("INCOMING_CALL");
  expect(first?.numbers.map(({ number }) => ({ fromNumber: number }))).toContainEqual({
    fromNumber: await host.field("fromNumber").inputValue(),
  });
  const own = await host.field("toNumber").inputValue();
  expect(data).toMatchObject({ fromNumber: await host.field("fromNumber").inputValue(), toNumber: own });
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550199" });
  await expect(host.field("toNumber")).toHaveValue("+18005550199");
  await expect(host.field("fromNumber")).toHaveValue(own);
  await host.field("fromNumber").fill("+18005550177");
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550198" });
  await expect(host.field("toNumber")).toHaveValue("+18005550198");
  await expect(host.field("fromNumber"), "as edited").toHaveValue("+18005550177");
});

test("sends a number that is not E.164 all the same, and says what is wrong with it", async ({ host }) => {
  await host.open();
  await host.field("toNumber").fill("030 123");
  await host.app.locator("#outgoingCall").click();
  expect((await host.next("OUTGOING_CALL_STARTED")).data).toMatchObject({ toNumber: "030 123" });
  await expect(host.records("OUTGOING_CALL_STARTED").locator("em")).toHaveText(/toNumber must be E\.164/);
  const hint = await host.app
    .locator("label", { has: host.app.locator("[name=toNumber]") })
    .evaluate((label) => getComputedStyle(label, "::after").content);
  expect(hint).toContain("E.164");
});

test("a call the other way goes to whom the last one came from, and comes from whom the last one went to", async ({
  host,
}) => {
  const [own, ada] = ["+18005550100", "+18005550151"];
  const numbers = async (type: string) => (await host.next(type)).data;
  await host.open();
  await host.app.locator("#outgoingCall").click();
  expect(await numbers("OUTGOING_CALL_STARTED")).toMatchObject({ fromNumber: own, toNumber: ada });
  await expect(host.field("toNumber")).toHaveValue(ada);
  await host.app.locator("#incomingCall").click();
  expect(await numbers("INCOMING_CALL")).toMatchObject({ fromNumber: ada, toNumber: own });
  await host.app.locator("#incomingCall").click();
  expect(await numbers("INCOMING_CALL"), "the same way again").toMatchObject({ fromNumber: ada, toNumber: own });
  await host.field("fromNumber").fill("+4930123456");
  await host.field("toNumber").fill(ada);
  await host.send("DIAL_NUMBER", { phoneNumber: own });
  await expect(host.field("toNumber")).toHaveValue(own);
  await expect(host.app.locator("#callState")).toHaveText("dialling");
  await host.app.locator("#outgoingCall").click();
  await expect(host.records("OUTGOING_CALL_STARTED")).toHaveCount(2);
  expect(await numbers("OUTGOING_CALL_STARTED"), "what HubSpot dials is called").toMatchObject({ toNumber: own });
});

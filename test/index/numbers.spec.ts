// A call's phone numbers: the form's defaults, numbers that HubSpot dials, and numbers that the user types.
import { sampleRecords as records } from "../../src/simulator/crm/sample-records.ts";
import { expect, test } from "../support/host.ts";

test("has two different numbers from the simulator's records in its form, and sends the form's numbers, also after HubSpot has dialed and if a number is not in E.164 format", async ({
  host,
}) => {
  await host.open();
  await expect(host.app.locator("#number")).toHaveText("No call");
  const phoneNumbers = records.flatMap(({ numbers }) => numbers.map(({ number }) => number));
  for (const [method, type, otherNumber] of [
    ["outgoingCall", "OUTGOING_CALL_STARTED", "toNumber"],
    ["incomingCall", "INCOMING_CALL", "fromNumber"],
  ] as const) {
    const { data } = await host.press(method, type);
    const [fromNumber, toNumber] = [
      await host.field("fromNumber").inputValue(),
      await host.field("toNumber").inputValue(),
    ];
    expect(data).toMatchObject({ fromNumber, toNumber });
    expect(phoneNumbers).toEqual(expect.arrayContaining([fromNumber, toNumber]));
    expect(fromNumber).not.toBe(toNumber);
    await expect(host.app.locator("#number")).toHaveText(await host.field(otherNumber).inputValue());
  }

  const fromNumber = await host.field("fromNumber").inputValue();
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550199" });
  await expect(host.field("toNumber")).toHaveValue("+18005550199");
  await expect(host.field("fromNumber")).toHaveValue(fromNumber);
  await host.field("fromNumber").fill("+18005550177");
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550198" });
  await expect(host.field("toNumber")).toHaveValue("+18005550198");
  const numbers = { fromNumber: "+18005550177", toNumber: "+18005550198" };
  expect((await host.press("outgoingCall", "OUTGOING_CALL_STARTED")).data).toMatchObject(numbers);

  await host.field("toNumber").fill("030 123");
  const { data } = await host.press("outgoingCall", "OUTGOING_CALL_STARTED");
  expect(data).toMatchObject({ toNumber: "030 123" });
  await expect(host.records("OUTGOING_CALL_STARTED").locator("em")).toHaveText(["", "", /toNumber must be E\.164/]);
  const hint = await host.app
    .locator("label", { has: host.app.locator("[name=toNumber]") })
    .evaluate((label) => getComputedStyle(label, "::after").content);
  expect(hint).toContain("E.164");
});

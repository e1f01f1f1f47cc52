// A call's phone numbers: the form's defaults, numbers that HubSpot dials, and numbers that the user types.
import { sampleRecords as records } from "../../src/simulator/crm/sample-records.ts";
import { expect, test } from "../support/host.ts";

test("has two different numbers from the simulator's records in its form, and sends both for outbound and inbound calls", async ({
  host,
}) => {
  await host.open();
  await expect(host.app.locator("#number")).toHaveText("No call");
  const phoneNumbers = records.flatMap(({ numbers }) => numbers.map(({ number }) => number));
  for (const [method, type, otherNumber] of [
    ["outgoingCall", "OUTGOING_CALL_STARTED", "toNumber"],
    ["incomingCall", "INCOMING_CALL", "fromNumber"],
  ] as const) {
    await host.app.locator(`#${method}`).click();
    const [fromNumber, toNumber] = [
      await host.field("fromNumber").inputValue(),
      await host.field("toNumber").inputValue(),
    ];
    expect((await host.next(type)).data).toMatchObject({ fromNumber, toNumber });
    expect(phoneNumbers).toEqual(expect.arrayContaining([fromNumber, toNumber]));
    expect(fromNumber).not.toBe(toNumber);
    await expect(host.app.locator("#number")).toHaveText(await host.field(otherNumber).inputValue());
  }
});

test("calls the number that HubSpot dials, from the number in the form", async ({ host }) => {
  await host.open();
  const fromNumber = await host.field("fromNumber").inputValue();
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550199" });
  await expect(host.field("toNumber")).toHaveValue("+18005550199");
  await expect(host.field("fromNumber")).toHaveValue(fromNumber);
  await host.field("fromNumber").fill("+18005550177");
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550198" });
  await expect(host.field("toNumber")).toHaveValue("+18005550198");
  await host.app.locator("#outgoingCall").click();
  const numbers = { fromNumber: "+18005550177", toNumber: "+18005550198" };
  expect((await host.next("OUTGOING_CALL_STARTED")).data).toMatchObject(numbers);
});

test("sends a number that is not in E.164 format, and logs that it is invalid", async ({ host }) => {
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

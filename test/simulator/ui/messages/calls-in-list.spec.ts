// Two calls on the Messages tab: the names of the calls, and the messages of only one call.
import type { Locator, Page } from "@playwright/test";
import { expect, initialize, minimalApp, type Simulator, test } from "../../../support/simulator.ts";

const app = minimalApp(`window.say = (type, data) => post({ type, data }); ${initialize}`);

async function say(simulator: Simulator, type: string, data: object): Promise<void> {
  await simulator.app
    .locator("html")
    .evaluate((_, message) => void Reflect.get(window, "say")(...message), [type, data] as const);
  await simulator.sent(type);
}

const callOf = (page: Page, type: string) => page.locator(`#log [data-type=${type}] .call`);

const hueOf = (call: Locator) => call.evaluate((node: HTMLElement) => node.style.getPropertyValue("--hue"));

test("names and colors each message's call if there are several calls, shows only one call in the list and the diagram, and shows the new name after the call's record is renamed", async ({
  simulator,
  page,
  serve,
}) => {
  await page.setViewportSize({ width: 1440, height: 900 });
  await simulator.ready({ app: await serve((response) => response.end(app)) });
  await simulator.dial();
  await say(simulator, "OUTGOING_CALL_STARTED", {
    externalCallId: "a",
    fromNumber: "+12025550109",
    toNumber: "+18005550151",
    createEngagement: true,
  });
  await expect(callOf(page, "OUTGOING_CALL_STARTED")).toHaveText("Ada Lovelace");
  await expect(callOf(page, "OUTGOING_CALL_STARTED"), "one call needs no name").toBeHidden();
  await page.locator("#log [data-type=OUTGOING_CALL_STARTED]").click();
  const pane = page.getByRole("region", { name: "Message" });
  const callInPane = pane.locator(".callLine span");
  await expect(callInPane, "or color").toHaveCSS("border-inline-start-width", "0px");
  await say(simulator, "INCOMING_CALL", {
    externalCallId: "b",
    fromNumber: "+12025550177",
    toNumber: "+12025550109",
    createEngagement: true,
  });
  await expect(callOf(page, "INCOMING_CALL")).toHaveText("+12025550177");
  await expect(callInPane).toHaveCSS("border-inline-start-width", "3px");
  const narrow = await callOf(page, "INCOMING_CALL").boundingBox();
  expect(narrow?.width, "a narrow list shows only the color").toBe(3);
  await page.locator("#log").press("Escape");
  await expect(callOf(page, "INCOMING_CALL")).toBeVisible();
  await expect(callOf(page, "DIAL_NUMBER"), "the call that HubSpot dialed").toHaveText("Ada Lovelace");
  await expect(callOf(page, "CREATE_ENGAGEMENT_SUCCEEDED")).toHaveText(["Ada Lovelace", "+12025550177"]);
  await expect(callOf(page, "INITIALIZED")).toHaveText("");
  const bar = page.getByRole("list", { name: "Calls in progress" }).getByRole("listitem");
  await expect(bar).toHaveCount(2);
  const [ada, other] = [await hueOf(callOf(page, "DIAL_NUMBER")), await hueOf(callOf(page, "INCOMING_CALL"))];
  expect(ada, "each call has a different color").not.toBe(other);
  expect(await hueOf(callOf(page, "OUTGOING_CALL_STARTED"))).toBe(ada);
  expect([await hueOf(bar.first().locator("b")), await hueOf(bar.last().locator("b"))]).toEqual([other, ada]);
  await expect(page.locator("#log [data-type=INCOMING_CALL] code"), "the payload stays visible").toBeVisible();

  const filter = page.locator("#filter");
  const rows = page.locator("#log > *");
  await filter.fill("call:ada");
  await expect(rows).toHaveCount(3);
  await filter.fill("");
  await page.locator("#log [data-type=CALLER_ID_MATCH_SUCCEEDED]").click();
  await expect(pane.locator(".callLine")).toContainText("Call: +12025550177");
  expect(await hueOf(callInPane), "the same color as in the list").toBe(other);
  await pane.getByRole("button", { name: "Show only this call" }).click();
  const [, second] = await simulator.engagements();
  await expect(filter).toHaveValue(`call:${second?.engagementId}`);
  await expect(rows).toHaveCount(3);
  await expect(pane, "the message stays open").toBeVisible();
  await page.getByRole("radio", { name: "Diagram" }).check();
  await expect(page.locator("#diagram .row")).toHaveCount(3);
  await expect(page.locator("#diagram [data-type=INCOMING_CALL]")).toContainText("+12025550177");

  await page.getByRole("radio", { name: "List" }).check();
  await filter.fill("");
  await page.locator("#log [data-type=OUTGOING_CALL_STARTED]").click();
  await expect(pane.locator(".callLine")).toContainText("Call: Ada Lovelace, +18005550151");
  await page.locator("#records > li").first().getByRole("button", { name: "Edit" }).click();
  const form = page.getByRole("dialog", { name: "Edit" });
  await form.getByLabel("Name").fill("Ada King");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(pane.locator(".callLine")).toContainText("Call: Ada King, +18005550151");
  await expect(callOf(page, "OUTGOING_CALL_STARTED")).toHaveText("Ada King");
  await expect(page.getByRole("list", { name: "Calls in progress" })).toContainText("Call to Ada King");
});

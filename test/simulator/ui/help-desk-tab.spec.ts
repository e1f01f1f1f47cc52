// The help desk on the page: the number that is connected, and a call with it.
import { expect, test } from "../../support/simulator.ts";

const stamps = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" };
const state = {
  apps: { 7: { channelConnection: { url: "https://app.example/webhook", isReady: true, ...stamps } } },
  calls: {},
};
const number = (e164PhoneNumber: string, selectable = true) => {
  return { e164PhoneNumber, friendlyName: "Line", shownName: "Line", selectable };
};

test("a number is chosen, and a call goes with it step by step to finalizeEngagement", async ({ simulator, page }) => {
  let current = state;
  await page.route("**/simulator/state", (route) => route.fulfill({ json: current }));
  await page.route("**/simulator/numbers", (route) =>
    route.fulfill({
      json: {
        request: {},
        problems: [],
        numbers: [number("+18005550171"), number("+18005550172"), number("+1", false)],
      },
    }),
  );
  await simulator.ready();
  await simulator.tab("Help desk");
  const place = page.locator("#deskCall");
  await expect(place).toBeHidden();
  await page.getByRole("button", { name: "Connect a number" }).click();
  await expect(page.getByRole("button", { name: "Line +1", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: "+18005550171" }).click();
  await page.getByRole("button", { name: "+18005550172" }).click();
  await expect(page.locator("[data-app] [aria-pressed=true]"), "one at a time").toHaveText(["Line +18005550172"]);

  await place.getByRole("button", { name: "Outbound call" }).click();
  await expect.poll(async () => (await simulator.messages("hubspot")).at(-1)?.type).toBe("DIAL_NUMBER");
  const next = place.locator("[aria-current=step]");
  await expect(next).toHaveText("outgoingCall, with fromNumber +18005550172");
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("callEnded", "CALL_ENDED");
  await expect(place.locator("[data-step=done]"), "a call from another number is another call").toHaveCount(0);
  await simulator.app.locator("[name=fromNumber]").fill("+18005550172");
  await simulator.app.locator("[name=hideWidget]").uncheck();
  for (const [method, type] of [
    ["outgoingCall", "OUTGOING_CALL_STARTED"],
    ["callAnswered", "CALL_ANSWERED"],
    ["callEnded", "CALL_ENDED"],
    ["callCompleted", "CALL_COMPLETED"],
    ["finalizeEngagement", "FINALIZE_ENGAGEMENT"],
  ] satisfies [string, string][]) {
    await expect(next).toContainText(method);
    await simulator.press(method, type);
  }
  await expect(place.getByRole("status")).toHaveText("The call is finalized.");

  await place.getByRole("button", { name: "Inbound call" }).click();
  await expect(next, "it rings at the app").toHaveText("incomingCall, with toNumber +18005550172");

  current = { ...state, apps: { 7: { channelConnection: { ...state.apps[7].channelConnection, isReady: false } } } };
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(page.getByText("isReady is false")).toBeVisible();
  await expect(place, "what is registered anew is not connected yet").toBeHidden();
});

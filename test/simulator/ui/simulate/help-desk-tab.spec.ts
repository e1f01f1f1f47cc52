// The Help desk tab: connecting a number, and making a call with that number.
import { ports } from "../../../support/ports.ts";
import { expect, test } from "../../../support/simulator.ts";

const stamps = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" };
const state = {
  apps: { 7: { channelConnection: { url: "https://app.example/webhook", isReady: true, ...stamps } } },
  calls: {},
};
const number = (e164PhoneNumber: string, selectable = true) => {
  return { e164PhoneNumber, friendlyName: "Line", shownName: "Line", selectable };
};

test("requests the webhook's URL only if the user selects the tab, says how to register a webhook, connects only one number at a time, and lists the steps of a call until finalizeEngagement", async ({
  simulator,
  page,
}) => {
  const requests: string[] = [];
  page.on("request", (request) => requests.push(new URL(request.url()).pathname));
  let current: object = { apps: {}, calls: {} };
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
  await expect(page.locator("#helpDesk")).toContainText("No app is registered yet.");
  expect(requests).toContain("/simulator/state");
  expect(requests).not.toContain("/simulator/webhook");
  await simulator.tab("Help desk");
  await expect(page.locator("#helpDesk pre")).toHaveText([
    `HUBSPOT_API_URL=${new URL(page.url()).origin}\nHUBSPOT_APP_ID=1\nHUBSPOT_DEVELOPER_API_KEY=any`,
    `npm run settings -- channel-connection create --url https://localhost:${ports.PORT}/webhook --isReady true`,
  ]);

  current = state;
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  const panel = page.locator("#deskCall");
  await expect(panel).toBeHidden();
  await page.getByRole("button", { name: "Connect a number" }).click();
  await expect(page.getByRole("button", { name: "Line +1", exact: true })).toBeDisabled();
  await page.getByRole("button", { name: "+18005550171" }).click();
  await page.getByRole("button", { name: "+18005550172" }).click();
  await expect(page.locator("[data-app] [aria-pressed=true]"), "only one number is connected").toHaveText([
    "Line +18005550172",
  ]);

  await panel.getByRole("button", { name: "Outbound call" }).click();
  await expect.poll(async () => (await simulator.messages("hubspot")).at(-1)?.type).toBe("DIAL_NUMBER");
  const next = panel.locator("[aria-current=step]");
  await expect(next).toHaveText("outgoingCall with fromNumber +18005550172");
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("callEnded", "CALL_ENDED");
  await expect(panel.locator("[data-step=done]"), "a call from another number completes no step").toHaveCount(0);
  await expect(next.locator("em")).toHaveText(/^The app sent fromNumber \+\d+, not \+18005550172\.$/);
  await expect(panel.getByRole("status")).toHaveText("Outbound call. The app should call these SDK methods:");
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
  await expect(panel.getByRole("status")).toHaveText("The call is finalized.");

  await panel.getByRole("button", { name: "Inbound call" }).click();
  await expect(next, "the call starts in the app").toHaveText("incomingCall with toNumber +18005550172");

  current = { ...state, apps: { 7: { channelConnection: { ...state.apps[7].channelConnection, isReady: false } } } };
  await page.evaluate(() => document.dispatchEvent(new Event("visibilitychange")));
  await expect(page.getByText("isReady is false")).toBeVisible();
  await expect(panel, "a changed registration closes the panel").toBeHidden();
});

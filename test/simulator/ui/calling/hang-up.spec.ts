// “Hang up” on the timeline: the simulator sends END_CALL only to the app that has the call.
import type { Page } from "@playwright/test";
import { appUrl } from "../../../support/host.ts";
import { acknowledge, expect, initialize, minimalApp, Simulator, test } from "../../../support/simulator.ts";

const hangUp = (page: Page) => page.locator("#engagements").getByRole("button", { name: "Hang up" });
const endCalls = async (simulator: Simulator) =>
  (await simulator.messages("hubspot")).filter(({ type }) => type === "END_CALL").length;

test("does not send END_CALL to another app, shows which app made the call, and reports a call that no open tab has", async ({
  simulator,
  page,
  serve,
}) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  await simulator.ready({ app });
  await page.locator("#provider").selectOption("Calling app");
  await page.evaluate(() => window.hubspot.ready);
  await simulator.startCall();
  await simulator.tab("Timeline");
  await expect(page.locator("#engagements .app")).toHaveText("Calling app");

  await page.locator("#provider").selectOption(new URL(app).host);
  await page.getByRole("button", { name: "Switch anyway" }).click();
  await page.evaluate(() => window.hubspot.ready);
  await hangUp(page).click();
  await expect(page.getByRole("alert")).toContainText(
    "no open tab reported that it has this call. Calling app was probably unloaded",
  );
  expect(await endCalls(simulator)).toBe(0);
});

test("does not resume a call in another app that the URL loads in the same tab, but resumes it in the original app", async ({
  simulator,
  page,
  serve,
}) => {
  const other = await serve((response) => response.end(minimalApp(initialize)));
  await simulator.ready();
  await simulator.startCall();
  const [engagement] = await simulator.engagements();
  await simulator.ready({ app: other });
  const ready = async () => (await simulator.messages("hubspot")).find(({ type }) => type === "READY")?.data;
  expect(await ready()).not.toHaveProperty("engagementId");
  await simulator.dial();
  await simulator.tab("Timeline");
  await hangUp(page).click();
  await expect(page.getByRole("alert")).toContainText("no open tab reported that it has this call");
  expect(await endCalls(simulator)).toBe(0);

  await simulator.ready({ app: appUrl });
  expect(await ready()).toMatchObject({ engagementId: engagement?.engagementId });
  await hangUp(page).click();
  await simulator.sent("CALL_ENDED");
  expect(await simulator.findings()).toEqual([]);
});

test("sends END_CALL only in the tab that has the call, even if the same app has a call in another tab", async ({
  simulator,
  page,
  context,
}) => {
  await simulator.ready();
  await simulator.startCall();
  const other = new Simulator(await context.newPage());
  await other.ready();
  await other.startCall();
  await other.tab("Timeline");
  await expect(hangUp(other.page)).toHaveCount(2);
  await hangUp(other.page).last().click(); // the older call, from the first tab
  await expect(hangUp(other.page)).toHaveCount(1);
  expect([await endCalls(simulator), await endCalls(other)]).toEqual([1, 0]);
  await simulator.tab("Timeline");
  await hangUp(page).click(); // the call from the second tab
  await expect(hangUp(page)).toHaveCount(0);
  expect([await endCalls(simulator), await endCalls(other)]).toEqual([1, 1]);
  await expect(page.getByRole("alert")).toBeHidden();
});

test("hangs up the calling window's call from the tab, without sending END_CALL to the tab's app", async ({
  simulator,
  page,
}) => {
  const inWindow = await simulator.dialInWindow();
  await inWindow.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.tab("Timeline");
  await hangUp(page).click();
  await inWindow.sent("CALL_ENDED");
  expect(await endCalls(simulator)).toBe(0);
  await expect(hangUp(page)).toHaveCount(0);
});

test("hangs up a call that the API created, after the app has started it with the same externalCallId", async ({
  simulator,
  page,
  serve,
}) => {
  const start = `post({ type: "OUTGOING_CALL_STARTED", data: { externalCallId: "a", toNumber: "+18005550151" } });`;
  const app = await serve((response) =>
    response.end(minimalApp(`${acknowledge} post({ type: "INITIALIZED", data: { isLoggedIn: true } }); ${start}`)),
  );
  const created = {
    engagementId: 1,
    direction: "OUTBOUND",
    state: "answered",
    properties: {},
    createdAt: 1,
    by: "api",
  };
  const calls = { 1: { ...created, externalCallId: "a" }, 2: { ...created, engagementId: 2, externalCallId: "b" } };
  await page.route("**/simulator/state*", (route) => route.fulfill({ json: { apps: {}, calls } }));
  await page.route("**/simulator/calls/*", (route) => route.fulfill({ json: {} }));
  await simulator.open({ app });
  await simulator.sent("OUTGOING_CALL_STARTED");
  await simulator.tab("Timeline");
  const entry = (id: number) => page.locator(`[data-engagement='${id}']`);
  await hangUp(page).last().click();
  await expect.poll(() => endCalls(simulator)).toBe(1);
  await entry(2).getByRole("button", { name: "Hang up" }).click();
  await expect(page.getByRole("alert")).toContainText("no open tab reported that it has this call");
  expect(await endCalls(simulator)).toBe(1);
});

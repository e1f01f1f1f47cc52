// The page and its server: the page sends calls and requests numbers.
import { expect, test } from "../../../support/simulator.ts";

test("sends the server each change of a call's state", async ({ simulator, page }) => {
  const states: string[] = [];
  await page.route("**/simulator/calls/*", (route) => {
    states.push(route.request().postDataJSON().state);
    return route.fulfill({ json: {} });
  });
  await simulator.ready();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect.poll(() => states).toEqual(["created"]);
  await expect(simulator.app.locator("[name=engagementId]")).not.toHaveValue("");
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await expect.poll(() => states).toEqual(["created", "answered"]);
  await simulator.press("callEnded", "CALL_ENDED");
  await expect.poll(() => states.at(-1)).toBe("ended");
});

test("shows the server's reason or, without one, the response's status if the server cannot read the numbers", async ({
  simulator,
  page,
}) => {
  const stamps = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" };
  const channelConnection = { url: "https://app.example/webhook", isReady: true, ...stamps };
  await page.route("**/simulator/state", (route) =>
    route.fulfill({ json: { apps: { 7: { channelConnection } }, calls: {} } }),
  );
  const errors = [{ message: "No webhook is registered for app 7" }, {}];
  await page.route("**/simulator/numbers", (route) => route.fulfill({ status: 404, json: errors.shift() }));
  await simulator.ready();
  await simulator.tab("Help desk");
  const connect = page.getByRole("button", { name: "Connect a number" });
  await connect.click();
  await expect(page.locator("[data-app] .numbers")).toHaveText("No webhook is registered for app 7");
  await connect.click();
  await expect(page.locator("[data-app] .numbers")).toHaveText(/answered with status 404/);
});

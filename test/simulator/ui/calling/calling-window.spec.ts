// The calling window, and the remote in the tab that opened it.
import { expect, Simulator, silentApp, test } from "../../../support/simulator.ts";

test("opens the calling window, dials there, shows the call in the tab, and keeps the window's app loaded after navigateToRecord, which opens the record in the tab behind the window", async ({
  simulator,
  page,
}) => {
  const inWindow = await simulator.dialInWindow();
  expect(inWindow.page.url()).toContain("/calling-integration-popup-ui/62515?");
  await expect(inWindow.app.locator("#session")).toContainText(/iframeLocation window\s*usesCallingWindow true/);

  await inWindow.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(inWindow.app.locator("[name=engagementId]")).not.toHaveValue("");
  await expect(page.locator("#engagements li")).toHaveCount(1);
  // The app's frames share the call through a BroadcastChannel. That works because both pages have the same origin, as in
  // HubSpot.
  await expect(simulator.app.locator("[name=engagementId]")).not.toHaveValue("");

  await inWindow.app.locator("body").evaluate(() => {
    const objectCoordinates = { portalId: 62515, objectId: 101, objectTypeId: "0-2" };
    parent.postMessage({ type: "NAVIGATE_TO_RECORD", messageId: "by hand", data: { objectCoordinates } }, "*");
  });
  await expect(page.locator("[data-record='0-2/101']")).toHaveAttribute("aria-current", "page");
  expect(new URL(page.url()).searchParams.get("iframeLocation")).toBe("remote");
  await inWindow.press("callAnswered", "CALL_ANSWERED");
  await inWindow.press("callEnded", "CALL_ENDED");
  await inWindow.press("callCompleted", "CALL_COMPLETED");
  await expect(page.locator("#engagements li")).toHaveAttribute("data-state", "completed");
  expect((await inWindow.messages("app")).filter(({ type }) => type === "INITIALIZED")).toHaveLength(1);
  expect(await simulator.messages("app")).toEqual([]);
  expect(await inWindow.findings()).toEqual([]);
  expect(await simulator.findings()).toEqual([]);
});

test("lets the app open the calling window if usesCallingWindow is false, while the remote sends the messages", async ({
  simulator,
  context,
}) => {
  await simulator.ready({ iframeLocation: "remote", usesCallingWindow: "false" });
  const opening = context.waitForEvent("page");
  await simulator.app.locator("#callingWindow").click();
  const inWindow = new Simulator(await opening);
  await expect(inWindow.app.locator("#session")).toContainText(/iframeLocation window\s*usesCallingWindow false/);
  await inWindow.app.locator("[name=toNumber]").fill("+18005550151");
  await inWindow.app.locator("#outgoingCall").click();
  await simulator.sent("OUTGOING_CALL_STARTED");
  await expect(inWindow.app.locator("[name=engagementId]")).not.toHaveValue("");
  expect(await inWindow.messages("app")).toEqual([]);
  expect(await simulator.findings()).toEqual([]);
});

test("shows only the app in the calling window, at the app's size, and opens the window's tools on demand", async ({
  simulator,
  page,
  context,
}) => {
  await simulator.ready({ iframeLocation: "remote", "reply.CALL_COMPLETED": "fail" });
  const opening = context.waitForEvent("page");
  await page.getByRole("button", { name: "Open the calling window" }).click();
  const inWindow = new Simulator(await opening);
  await expect(inWindow.page).toHaveTitle("Calling app");
  await expect(inWindow.page.locator("#name")).toHaveText("Calling app");
  await expect(inWindow.page.locator("#status")).toHaveText("Ready");
  for (const part of ["header", "#records", "#tabs", "#minimise", "#hide", "#close", "#caption"]) {
    await expect(inWindow.page.locator(part), part).toBeHidden();
  }
  await inWindow.page.setViewportSize({ width: 400, height: 690 });
  const frame = inWindow.page.locator("#frame iframe");
  expect(await frame.boundingBox()).toEqual({ x: 0, y: 40, width: 400, height: 650 });

  const post = (type: string, data: object) =>
    inWindow.app
      .locator("body")
      .evaluate((_, message) => parent.postMessage({ ...message, messageId: "by hand" }, "*"), { type, data });
  const iFrameUrl = new URL("?another", await frame.evaluate((iframe: HTMLIFrameElement) => iframe.src)).href;
  await post("SOMETHING_NEW", {});
  await post("SET_WIDGET_URL", { iFrameUrl });
  await expect(frame).toHaveAttribute("src", iFrameUrl);
  await expect(inWindow.app.locator("#status")).toHaveAttribute("data-state", "ready");
  await post("SOMETHING_NEW", {});
  await expect(inWindow.page.locator("#findings > .finding b"), "one entry for each app").toHaveText([
    "unknown-type",
    "unknown-type",
  ]);
  const tools = inWindow.page.getByRole("button", { name: "Tools (2 findings)" });
  await expect(tools).toBeVisible();
  await expect(inWindow.page.locator("#findingsTab .count")).toHaveText("2");
  const pane = inWindow.page.getByRole("tabpanel", { name: "Findings" });
  await inWindow.page.setViewportSize({ width: 400, height: 640 });
  await tools.click();
  await expect(pane, "in a narrow window, the tools are below the app").toBeInViewport();
  await tools.click();
  await expect(inWindow.page.locator("#tabs")).toBeHidden();
  await inWindow.page.setViewportSize({ width: 1040, height: 760 });
  await tools.click();
  await expect(pane).toBeVisible();
  await expect(inWindow.page.locator("#answersTab .count"), "the window uses the tab's replies").toHaveText("1");
  await expect(frame).toHaveCSS("width", "400px");
  await tools.click();
  await expect(inWindow.page.locator("#tabs")).toBeHidden();
});

test("reports a remote that sends messages although only the calling window may send them", async ({ simulator }) => {
  await simulator.open({ iframeLocation: "remote" });
  await expect(simulator.app.locator("#status")).toHaveAttribute("data-state", "ready");
  await simulator.app.locator("body").evaluate(() => {
    parent.postMessage({ type: "USER_AVAILABLE", messageId: "by hand" }, "*");
  });
  await simulator.sent("USER_AVAILABLE");
  expect(await simulator.rules()).toEqual(["remote-speaks"]);
});

test("shows an alert if another site's window has the calling window's name", async ({
  simulator,
  serve,
  page,
  context,
}) => {
  const app = await serve((response) => response.end(silentApp));
  await simulator.open({ app, iframeLocation: "remote" });
  const opening = context.waitForEvent("page");
  await simulator.app.locator("body").evaluate((_, url) => void window.open(url, "hubspot-calling-window"), app);
  const foreign = await opening;
  await foreign.waitForLoadState();
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.getByRole("alert")).toContainText("Another site's window has the name hubspot-calling-window");
  await page.getByRole("button", { name: "OK" }).click();
  await page.getByRole("button", { name: "Open the calling window" }).click();
  await expect(page.getByRole("alert")).toContainText("Another site's window has the name hubspot-calling-window");
});

test("leaves its messages with their fields, and its findings, in the tab when it is closed", async ({
  simulator,
  page,
}) => {
  const inWindow = await simulator.dialInWindow();
  await inWindow.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await inWindow.press("callEnded", "CALL_ENDED");
  await inWindow.press("callEnded", "CALL_ENDED");
  const rules = await inWindow.rules();
  expect(rules).toContain("out-of-order");
  await expect(page.locator("#findings > li")).toHaveCount(rules.length);
  await inWindow.page.close();
  await simulator.tab("Findings");
  const entry = page.locator("#findings [data-rule=out-of-order]");
  await expect(entry).toContainText("In the calling window");
  await entry.getByRole("button", { name: "Show" }).click();
  await expect(page.locator("#opened").getByRole("row", { name: "callEndStatus" })).toContainText(
    "the value of the SDK's constant",
  );
  await expect(page.locator("#opened .finding")).toContainText("out-of-order");
  await simulator.tab("Findings");
  await page.locator("#clearFindings").click();
  await expect(page.locator("#findings > li")).toHaveCount(0);
});

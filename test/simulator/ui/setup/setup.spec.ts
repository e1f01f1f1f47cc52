// The page's setup: the URL contains it, a link shares it, and one button resets it.
import type { Page } from "@playwright/test";
import { appUrl } from "../../../support/host.ts";
import { expect, initialize, minimalApp, Simulator, simulatorUrl, test } from "../../../support/simulator.ts";

const parameters = (page: Page) => Object.fromEntries(new URL(page.url()).searchParams);
const fault = (page: Page, tab: string) => page.locator(`#${tab} .count`);

/** Clicks the "Copy link" button, and returns the copied link. */
async function copyLink(page: Page): Promise<string> {
  await page.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", {
      value: { writeText: async (text: string) => document.body.setAttribute("data-copied", text) },
    });
  });
  await page.locator("#copyLink").click();
  await expect(page.locator("#copyLink")).toHaveText("Copied");
  return (await page.locator("body").getAttribute("data-copied")) ?? "";
}

/** Changes settings and replies, including two faults on the Session tab and two on the Replies tab. */
async function setUp({ page, ...simulator }: Simulator): Promise<void> {
  await page.locator("#sessionTab").click();
  await page.locator("#session [name=portalId]").fill("7");
  await page.locator("#session [name=portalId]").blur();
  await page.locator("#session [name=iframeLocation]").selectOption("remote");
  await page.locator("#session [name=usesCallingWindow]").uncheck();
  await page.locator("#session [name=withoutOwner]").check();
  await page.locator("#session [name=twice]").check();
  await page.locator("#answersTab").click();
  await page.getByLabel("Reply to callCompleted").selectOption("fail");
  await page.getByLabel("Delay for incomingCall in milliseconds").fill("500");
  await page.getByLabel("Delay for incomingCall in milliseconds").blur();
  await simulator.app.locator("#status[data-state=ready]").waitFor();
}
const setUpParameters = {
  portalId: "7",
  iframeLocation: "remote",
  usesCallingWindow: "false",
  withoutOwner: "true",
  twice: "true",
  "reply.CALL_COMPLETED": "fail",
  "reply.INCOMING_CALL": "succeed,500",
};

async function expectSetUp({ page, ...simulator }: Simulator): Promise<void> {
  await page.evaluate(() => window.hubspot.ready);
  const ready = await page.evaluate(() => window.hubspot.messages().find(({ type }) => type === "READY")?.data);
  expect(ready).toMatchObject({ portalId: 7, iframeLocation: "remote", usesCallingWindow: false });
  expect(ready).not.toHaveProperty("ownerId");
  await expect(fault(page, "sessionTab")).toHaveText("2");
  await expect(fault(page, "answersTab")).toHaveText("2");
  await expect(page.getByLabel("Reply to callCompleted")).toHaveValue("fail");
  await simulator.app.locator("#callEnded").click();
  await simulator.app.locator("#callCompleted").click();
  await expect
    .poll(() => page.evaluate(() => window.hubspot.messages().map(({ type }) => type)))
    .toContain("UPDATE_ENGAGEMENT_FAILED");
}

test("keeps the Session and Replies settings in the URL and after a reload, counts the simulated faults, and copies a link that gives another user the same setup, app and records", async ({
  simulator,
  page,
  browser,
  serve,
}) => {
  await simulator.ready();
  expect(parameters(page)).toEqual({});
  await expect(fault(page, "sessionTab")).toBeEmpty();
  await expect(page.locator("#reset")).toBeDisabled();
  await setUp(simulator);
  expect(parameters(page)).toEqual(setUpParameters);
  await expect(page.locator("#sessionTab")).toHaveAttribute("title", "Simulated faults: 2");
  await expect(page.locator("#answersTab")).toHaveAttribute("title", "Failing, missing or delayed replies: 2");
  await page.reload();
  await expectSetUp(simulator);
  expect(parameters(page)).toEqual(setUpParameters);

  await page.locator("#addRecord").click();
  await page.locator("#recordForm [name=name]").fill("Grace Hopper");
  await page.locator("#recordForm [name=numbers]").fill("+18005550199");
  await page.locator("#recordForm [type=submit]").click();
  const link = await copyLink(page);
  expect(Object.fromEntries(new URL(link).searchParams)).toEqual({ ...setUpParameters, app: appUrl });

  // The other user has chosen another app.
  const app = await serve((response) => response.end(minimalApp(initialize)));
  const context = await browser.newContext();
  const other = new Simulator(await context.newPage());
  await other.open({ app });
  await other.page.locator("#provider").selectOption({ index: 0 });
  await other.page.goto(link);
  await expect(other.page.locator("#name")).toHaveText("Calling app");
  await expectSetUp(other);
  await expect(other.page.getByRole("button", { name: "Call +18005550199" })).toBeVisible();
  await context.close();
});

test("removes a value from the URL when it is the default again", async ({ simulator, page }) => {
  await simulator.ready({ timeout: "5000", portalId: "7", "reply.CALL_COMPLETED": "never", other: "stays" });
  await simulator.tab("Session");
  await page.locator("#session [name=portalId]").fill("62515");
  await page.locator("#session [name=portalId]").blur();
  await simulator.answer("CALL_COMPLETED", "succeed");
  await expect.poll(() => parameters(page)).toEqual({ timeout: "5000", other: "stays" });
});

test("resets all settings with one button, and asks first during a call", async ({ simulator, page }) => {
  await simulator.ready({ portalId: "7", twice: "true", "reply.CALL_COMPLETED": "never" });
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await page.locator("#reset").click();
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(fault(page, "sessionTab")).toHaveText("1");
  await page.locator("#reset").click();
  await page.getByRole("button", { name: "Reset anyway" }).click();
  await expect(fault(page, "sessionTab")).toBeEmpty();
  await expect(fault(page, "answersTab")).toBeEmpty();
  await expect(page.locator("#reset")).toBeDisabled();
  await expect.poll(() => page.url()).toBe(simulatorUrl);
  const lastReady = () => page.evaluate(() => window.hubspot.messages().findLast(({ type }) => type === "READY")?.data);
  await expect.poll(lastReady).toMatchObject({ portalId: 62515 });
});

test("reports an invalid reply in the URL, applies the valid one, and sends the default portalId if it is missing or the user empties the field", async ({
  simulator,
  page,
}) => {
  await simulator.ready({ portalId: "", "reply.CALL_ENDED": "fail", "reply.CALL_COMPLETED": "never" });
  await expect(page.getByRole("alert")).toContainText(
    "Invalid parameter reply.CALL_ENDED=fail in the URL; use a parameter such as reply.OUTGOING_CALL_STARTED=fail,500",
  );
  await expect(fault(page, "answersTab")).toHaveText("1");

  await simulator.tab("Session");
  const field = page.locator("#session [name=portalId]");
  await expect(field).toHaveValue("62515");
  await field.fill("");
  await field.blur();
  await expect(field).toHaveValue("62515");
  await page.evaluate(() => window.hubspot.ready);
  const ready = (await simulator.messages("hubspot")).filter(({ type }) => type === "READY");
  for (const { data } of ready) expect(data).toMatchObject({ portalId: 62515 });
});

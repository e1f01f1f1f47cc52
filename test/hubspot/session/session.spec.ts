// Whole calls between the stand-in and the project's own app, and what a person can switch about them.
import type { IncomingMessage, ServerResponse } from "node:http";
import { openEngagements } from "../../../src/hubspot/session/engagements.ts";
import { openSession, type View } from "../../../src/hubspot/session/session.ts";
import { acknowledge, expect, initialize, minimalApp, silentApp, test } from "../../setup/stand-in.ts";

test("an outbound call runs from Call to the timeline, with no finding", async ({ standIn, page, errors }) => {
  await standIn.ready();
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(standIn.app.locator("[name=toNumber]")).toHaveValue("+18005550151");
  const started = await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
  await standIn.press("callAnswered", "CALL_ANSWERED");
  await standIn.app.locator("summary", { hasText: "More fields" }).click();
  await standIn.app.locator("[name=hs_call_title]").fill("Renewal");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  await expect
    .poll(async () => (await standIn.messages("hubspot")).map(({ type }) => type))
    .toEqual([
      "READY",
      "DIAL_NUMBER",
      "CREATE_ENGAGEMENT_SUCCEEDED",
      "VISIBILITY_CHANGED",
      "UPDATE_ENGAGEMENT_SUCCEEDED",
    ]);
  const [engagement] = await standIn.engagements();
  expect(engagement).toMatchObject({
    direction: "OUTBOUND",
    state: "completed",
    ghost: false,
    duplicate: false,
    properties: { hs_call_title: "Renewal", hs_call_to_number: "+18005550151", hs_call_status: "COMPLETED" },
  });
  expect(started.data).toMatchObject({ externalCallId: engagement?.externalCallId });
  await expect(page.locator(`[data-engagement="${engagement?.engagementId}"]`)).toHaveAttribute(
    "data-state",
    "completed",
  );
  expect(await standIn.findings()).toEqual([]);
  expect(errors).toEqual([]);
});

test("an inbound call finds the caller, goes to the record, and survives it, with no finding", async ({
  standIn,
  page,
}) => {
  await standIn.ready();
  await standIn.press("userAvailable", "USER_AVAILABLE");
  await standIn.app.locator("[name=fromNumber]").fill("+442079460101");
  await standIn.app.locator("[name=toNumber]").fill("+18005550100");
  await standIn.press("incomingCall", "INCOMING_CALL");
  await expect(standIn.app.locator("#caller")).toHaveText("Analytical Engines (COMPANY 101)");
  const engagementId = await standIn.app.locator("[name=engagementId]").inputValue();
  await standIn.press("navigateToRecord", "NAVIGATE_TO_RECORD");
  await expect(page.locator("[data-record='0-2/101']")).toHaveAttribute("aria-current", "page");

  // The frame is another page now; it takes up the call that was running.
  await expect
    .poll(async () => (await standIn.messages("hubspot")).filter(({ type }) => type === "READY").length)
    .toBe(2);
  const ready = (await standIn.messages("hubspot")).findLast(({ type }) => type === "READY");
  expect(ready?.data).toMatchObject({ engagementId: Number(engagementId) });
  await expect
    .poll(async () => (await standIn.messages("app")).at(-1))
    .toMatchObject({
      type: "INITIALIZED",
      data: { engagementId: Number(engagementId) },
    });
  await standIn.press("callAnswered", "CALL_ANSWERED");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  const [engagement] = await standIn.engagements();
  expect(engagement).toMatchObject({ direction: "INBOUND", state: "completed", engagementId: Number(engagementId) });
  expect(await standIn.findings()).toEqual([]);
});

const fails: [method: string, type: string, failure: string][] = [
  ["outgoingCall", "OUTGOING_CALL_STARTED", "CREATE_ENGAGEMENT_FAILED"],
  ["incomingCall", "INCOMING_CALL", "CALLER_ID_MATCH_FAILED"],
  ["callCompleted", "CALL_COMPLETED", "UPDATE_ENGAGEMENT_FAILED"],
  ["finalizeEngagement", "FINALIZE_ENGAGEMENT", "FINALIZE_ENGAGEMENT_FAILED"],
  ["publishToChannel", "PUBLISH_TO_CHANNEL", "PUBLISH_TO_CHANNEL_FAILED"],
  ["navigateToRecord", "NAVIGATE_TO_RECORD", "NAVIGATE_TO_RECORD_FAILED"],
  ["setWidgetUrl", "SET_WIDGET_URL", "SET_WIDGET_URL_FAILED"],
];

test("every answer can be set to fail, and to never come", async ({ standIn }) => {
  await standIn.ready();
  await standIn.app.locator("[name=hideWidget]").uncheck();
  for (const [method, type, failure] of fails) {
    await standIn.answer(type, "never");
    const before = (await standIn.messages("hubspot")).length;
    await standIn.press(method, type);
    await standIn.answer(type, "fail");
    await standIn.press(method, type);
    await expect(standIn.app.locator("#failureText"), method).toContainText(/_FAILED/);
    const came = (await standIn.messages("hubspot")).slice(before).filter(({ type }) => type !== "VISIBILITY_CHANGED");
    expect(came.map(({ type }) => type)[0], method).toBe(failure);
    await standIn.app.locator("#dismiss").click();
  }
});

test("an answer can be late, and what a script sets is on the page, and the other way round", async ({
  standIn,
  page,
}) => {
  await standIn.ready();
  await standIn.answer("OUTGOING_CALL_STARTED", "succeed", 400);
  await standIn.fold("Answers");
  await expect(page.getByLabel("Delay for outgoingCall, milliseconds")).toHaveValue("400");
  const sent = await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
  const answered = (await standIn.messages("hubspot")).find(({ type }) => type === "CREATE_ENGAGEMENT_SUCCEEDED");
  expect((answered?.at ?? 0) - sent.at).toBeGreaterThanOrEqual(390);

  await page.getByLabel("Answer to callCompleted").selectOption("fails");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  await expect.poll(async () => (await standIn.messages("hubspot")).at(-1)?.type).toBe("UPDATE_ENGAGEMENT_FAILED");
});

const addresses: [what: string, parameters: Record<string, string>, ready: Record<string, unknown>][] = [
  ["without owner", { withoutOwner: "true" }, { portalId: 62515, userId: 9 }],
  ["without user", { withoutUser: "true", portalId: "7" }, { portalId: 7, ownerId: 42 }],
  [
    "as a remote",
    { iframeLocation: "remote", usesCallingWindow: "false" },
    { iframeLocation: "remote", usesCallingWindow: false },
  ],
];
for (const [what, parameters, fields] of addresses) {
  test(`SYNC ${what}`, async ({ standIn }) => {
    await standIn.ready(parameters);
    const ready = (await standIn.messages("hubspot")).find(({ type }) => type === "READY");
    expect(ready?.data).toMatchObject(fields);
    if (parameters.withoutOwner) expect(ready?.data).not.toHaveProperty("ownerId");
    if (parameters.withoutUser) expect(ready?.data).not.toHaveProperty("userId");
  });
}

test("SYNC comes late", async ({ standIn, page }) => {
  await standIn.ready({ syncDelay: "3000" });
  const opened = await page.evaluate(() => performance.timeOrigin);
  const ready = (await standIn.messages("hubspot")).find(({ type }) => type === "READY");
  expect((ready?.at ?? 0) - opened).toBeGreaterThanOrEqual(3000);
});

test("SYNC never comes: the app waits", async ({ standIn, page }) => {
  await standIn.open({ syncDelay: "Infinity", timeout: "600" });
  await standIn.app.locator("#status").waitFor();
  await expect(page.locator("#status")).toHaveAttribute("data-state", "failed");
  await expect(standIn.app.locator("#status")).toHaveAttribute("data-state", "waiting");
});

test("every event can come twice, and the deprecated one too", async ({ standIn }) => {
  await standIn.ready({ twice: "true", sendsDeprecated: "true" });
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  const types = async () => (await standIn.messages("hubspot")).map(({ type }) => type).slice(1);
  await expect
    .poll(types)
    .toEqual([
      "CREATE_ENGAGEMENT_SUCCEEDED",
      "CREATE_ENGAGEMENT_SUCCEEDED",
      "ENGAGEMENT_CREATED",
      "ENGAGEMENT_CREATED",
    ]);
});

test("does not dial for an app whose user is not logged in, and says so", async ({ standIn, page }) => {
  await standIn.ready();
  await standIn.press("userLoggedOut", "LOGGED_OUT");
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await expect(page.getByRole("alert")).toContainText("not said that its user is logged in");
  expect((await standIn.messages("hubspot")).map(({ type }) => type)).not.toContain("DIAL_NUMBER");
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  expect(await standIn.rules()).toContain("not-logged-in");
});

test("a reload in mid-call brings the running call back", async ({ standIn, page }) => {
  await standIn.ready();
  await standIn.dial();
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
  const engagementId = await standIn.app.locator("[name=engagementId]").inputValue();
  const reloads = [
    async () => {
      await page.locator("#reload").click();
      await page.getByRole("button", { name: "Reload all the same" }).click();
    },
    () => page.reload(),
  ];
  for (const reload of reloads) {
    await reload();
    await expect(standIn.app.locator("#status")).toHaveAttribute("data-state", "ready");
    await expect(standIn.app.locator("[name=engagementId]")).toHaveValue(engagementId);
  }
  await standIn.press("callAnswered", "CALL_ANSWERED");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  expect(await standIn.findings()).toEqual([]);
});

test("a call that is never completed is a ghost, a second engagement for one call a duplicate", async ({
  standIn,
  page,
}) => {
  await standIn.ready();
  await standIn.dial();
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(page.locator("#engagements em")).toHaveText(["ghost call"]);
  expect(await standIn.rules()).toEqual(["ghost-call"]);

  const { data } = (await standIn.messages("app")).at(-1) ?? {};
  await standIn.app.locator("body").evaluate((_, message) => {
    parent.postMessage({ type: "OUTGOING_CALL_STARTED", messageId: "by hand", data: message }, "*");
  }, data);
  await expect(page.locator("#engagements em")).toHaveText(["duplicate", "ghost call"]);
  expect(await standIn.rules()).toEqual(["ghost-call", "duplicate-engagement"]);
});

test("closing the frame on an ended call is a ghost too", async ({ standIn, page }) => {
  await standIn.ready();
  await standIn.dial();
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect(standIn.app.locator("[name=engagementId]")).not.toHaveValue("");
  await standIn.press("callEnded", "CALL_ENDED");
  await page.locator("#close").click();
  expect(await standIn.rules()).toEqual(["ghost-call"]);
});

test("what is set in mid-call is in force without loading the app anew, unless SYNC tells of it", async ({
  standIn,
  page,
}) => {
  await standIn.ready();
  await standIn.fold("Session");
  const readies = async () => (await standIn.messages("hubspot")).filter(({ type }) => type === "READY").length;
  await page.locator("[name=sendsDeprecated]").check();
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await expect.poll(async () => (await standIn.messages("hubspot")).at(-1)?.type).toBe("ENGAGEMENT_CREATED");
  expect(await readies()).toBe(1);
  await page.locator("#session [name=portalId]").fill("7");
  await page.locator("#session [name=portalId]").blur();
  await expect.poll(readies).toBe(2);
});

test("a script that dials too early is told why", async ({ standIn }) => {
  await standIn.ready();
  await standIn.press("userLoggedOut", "LOGGED_OUT");
  await expect(standIn.dial()).rejects.toThrow(/user is not logged in: await hubspot.loggedIn/);
});

/** Serves these pages to the frame one after the other, the last for ever; who only looks at the headers takes none. */
function inTurn(...pages: string[]) {
  return (response: ServerResponse<IncomingMessage>) => {
    const isFramed = response.req.headers["sec-fetch-dest"] === "iframe";
    response.end(isFramed && pages.length > 1 ? pages.shift() : pages[0]);
  };
}
const call = { externalCallId: "a", fromNumber: "+18005550101", toNumber: "+18005550102", createEngagement: true };

test("a late answer is for the app that asked, not for the next", async ({ standIn, serve, page }) => {
  await page.clock.install();
  await standIn.ready({ app: await serve((response) => response.end(minimalApp(initialize))) });
  const answered = async () => (await standIn.messages("hubspot")).filter(({ type }) => /ENGAGEMENT/.test(type)).length;
  const ask = () =>
    standIn.app.locator("html").evaluate((_, data) => {
      parent.postMessage({ type: "OUTGOING_CALL_STARTED", messageId: "by hand", data }, "*");
    }, call);
  await standIn.answer("OUTGOING_CALL_STARTED", "succeed", 20_000);
  await ask();
  await standIn.sent("OUTGOING_CALL_STARTED");
  await page.clock.fastForward(20_000);
  expect(await answered(), "the app that is still there has it").toBe(1);

  await ask();
  await standIn.sent("OUTGOING_CALL_STARTED");
  await page.locator("#provider").selectOption({ index: 1 });
  await page.getByRole("button", { name: "Choose it all the same" }).click();
  await expect(page.locator("#name")).toHaveText("Calling app");
  await expect(page.locator("#status")).toHaveAttribute("data-state", "ready");
  await page.clock.fastForward(20_000);
  expect(await answered()).toBe(1);
  expect((await standIn.engagements()).length).toBe(1);
});

test("who was logged in is forgotten when the app is closed or loaded anew", async ({ standIn, serve, page }) => {
  for (const again of ["#reload", "#close"]) {
    await standIn.ready({ app: await serve(inTurn(minimalApp(initialize), silentApp)) });
    await standIn.dial();
    await page.locator(again).click();
    if (again === "#close") await page.locator("#provider").dispatchEvent("change");
    await expect(standIn.dial(), again).rejects.toThrow(/The app has not said initialized yet/);
  }
});

test("the next app is shown, were the last one hidden or minimised", async ({ standIn, serve, page }) => {
  await standIn.ready({ app: await serve((response) => response.end(minimalApp(initialize))) });
  for (const [index, button] of ["#hide", "#minimise"].entries()) {
    await page.locator(button).click();
    await expect(page.locator("#frame iframe")).toBeHidden();
    await page.locator("#provider").selectOption({ index: 1 - index });
    await expect(page.locator("#frame iframe")).toBeVisible();
    await expect(page.locator(button)).toHaveAttribute("aria-pressed", "false");
  }
});

test("initialized is waited for only as long as its app is there", async ({ standIn, serve, page }) => {
  await page.clock.install();
  const status = page.locator("#status");
  await standIn.open({ app: await serve(inTurn(minimalApp(acknowledge), silentApp)) });
  await expect(status).toHaveAttribute("data-state", "synced");
  await page.locator("#reload").click();
  await page.clock.fastForward(60_000);
  await expect.poll(() => standIn.rules(), "reloaded: the new page has not answered").toEqual(["no-answer"]);

  await standIn.open({ app: await serve((response) => response.end(minimalApp(acknowledge))) });
  await expect(status).toHaveAttribute("data-state", "synced");
  await page.locator("#close").click();
  await page.clock.fastForward(60_000);
  expect(await standIn.rules(), "closed").toEqual([]);
  await page.locator("#provider").dispatchEvent("change");
  await expect(status).toHaveAttribute("data-state", "synced");
  await page.locator("#provider").selectOption({ index: 1 });
  await expect(status).toHaveAttribute("data-state", "ready");
  await page.clock.fastForward(60_000);
  expect(await standIn.rules(), "another opened").toEqual([]);
});

test("of a session that never ends, the newest 10,000 messages and findings are kept", () => {
  const told: string[] = [];
  const view = new Proxy<View>(Object.create(null), { get: (_, name) => () => told.push(String(name)) });
  const engagements = openEngagements({ getItem: () => null, setItem: () => {} }, () => {});
  const session = openSession(Object.create(null), Object.create(null), engagements, view);
  for (let n = 1; n <= 10_050; n++) {
    session.send("X", n);
    session.report("no-answer", `${n}`);
  }
  expect(told.length, "all are told").toBe(20_100);
  const ends = (all: unknown[]) => [all.length, all[0], all.at(-1)];
  expect(ends(session.messages.map(({ data }) => data))).toEqual([10_000, 51, 10_050]);
  expect(ends(session.findings.map(({ message }) => message))).toEqual([10_000, "51", "10050"]);
});

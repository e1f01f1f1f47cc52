// Other people's calling apps: framed by URL, whatever they do.
import { acknowledge, expect, initialize, minimalApp, silentApp, test } from "../../setup/stand-in.ts";

test("an app that speaks the protocol without the SDK", async ({ standIn, serve, page }) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  await standIn.ready({ app });
  await expect(page.locator("#provider option").first()).toHaveText(new URL(app).host);
  expect(await page.evaluate(() => window.hubspot.ready)).toEqual({ version: "1.2.3" });
  expect(await standIn.findings()).toEqual([]);
});

test("an app of an SDK that sent `payload` where the data is now", async ({ standIn, serve }) => {
  const app = await serve((response) =>
    response.end(minimalApp(`${acknowledge} post({ type: "INITIALIZED", payload: { isLoggedIn: true } });`)),
  );
  await standIn.ready({ app });
  expect((await standIn.sent("INITIALIZED")).data).toEqual({ isLoggedIn: true });
});

test("an app that answers SYNC but never says initialized", async ({ standIn, serve }) => {
  const app = await serve((response) => response.end(minimalApp(acknowledge)));
  await standIn.open({ app, timeout: "3000" });
  await expect
    .poll(() => standIn.findings())
    .toMatchObject([{ rule: "not-initialized", message: expect.stringContaining("3000 ms") }]);
});

test("an app that answers wrongly", async ({ standIn, serve }) => {
  const app = await serve((response) =>
    response.end(
      minimalApp(`${acknowledge}
        post({ type: "INITIALIZED", data: { isLoggedIn: "yes" } });
        post({ type: "DIALLED" });
        post({ type: "CALL_ENDED", data: { externalCallId: "x", engagementId: 1, callEndStatus: "INTERNAL_COMPLETED" } });
        post({ type: "DONE" });`),
    ),
  );
  await standIn.open({ app });
  await standIn.sent("DONE");
  expect(new Set(await standIn.rules())).toEqual(
    new Set(["wrong-type", "unknown-type", "constant-name", "unknown-call"]),
  );
});

const silent: [what: string, headers: Record<string, string>, status: number, reason: RegExp][] = [
  ["does not instantiate the SDK", {}, 200, /does not instantiate the SDK/],
  ["is served with X-Frame-Options: DENY", { "x-frame-options": "DENY" }, 200, /X-Frame-Options: DENY/],
  [
    "admits other ancestors",
    { "content-security-policy": "frame-ancestors https://*.hubspot.com" },
    200,
    /frame-ancestors https:\/\/\*\.hubspot\.com/,
  ],
  ["is not there", {}, 404, /answers 404/],
];
for (const [what, headers, status, reason] of silent) {
  test(`an app that ${what} does not answer, and the finding says why`, async ({ standIn, serve, page }) => {
    const app = await serve((response) => response.writeHead(status, headers).end(silentApp));
    await standIn.open({ app, timeout: "500" });
    await expect(page.locator("#status")).toHaveAttribute("data-state", "failed");
    await expect
      .poll(() => standIn.findings())
      .toMatchObject([{ rule: "no-answer", severity: "error", message: expect.stringMatching(reason) }]);
  });
}

test("an app whose server does not run, and one whose certificate nobody trusts", async ({ standIn }) => {
  await standIn.open({ app: "http://localhost:9/", timeout: "500" });
  await expect.poll(async () => (await standIn.findings())[0]?.message).toMatch(/server does not answer/);
});

test("an address that is none is an alert, and the project's own app is framed", async ({ standIn, page }) => {
  await standIn.ready({ app: "localhost" });
  await expect(page.getByRole("alert")).toContainText(
    '?app= must be a URL, as http://localhost:3000/; "localhost" is none.',
  );
});

test("a window that is not the app's is not heard", async ({ standIn, page }) => {
  await standIn.ready();
  await page.evaluate(() => window.postMessage({ type: "LOGGED_IN", messageId: "own" }, "*"));
  await standIn.press("userAvailable", "USER_AVAILABLE");
  expect((await standIn.messages("app")).map(({ type }) => type)).not.toContain("LOGGED_IN");
});

test("an app that finds its way by the # is loaded anew, not only sent elsewhere in its page", async ({
  standIn,
  serve,
  page,
}) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  await standIn.ready({ app: `${app}#/phone` });
  await page.locator("#reload").click();
  const readies = async () => (await standIn.messages("hubspot")).filter(({ type }) => type === "READY").length;
  await expect.poll(readies).toBe(2);
  await page.evaluate(() => window.hubspot.loggedIn);
  await standIn.dial();
  expect((await standIn.messages("hubspot")).at(-1)?.type).toBe("DIAL_NUMBER");
});

test("a page that never finishes loading has not answered either", async ({ standIn, serve }) => {
  const app = await serve((response) => response.write("<!doctype html>"));
  await standIn.open({ app, timeout: "500" });
  await expect.poll(() => standIn.rules()).toEqual(["no-answer"]);
});

test("only what answers a SYNC of this frame acknowledges it", async ({ standIn, serve, page }) => {
  const app = await serve((response) =>
    response.end(
      minimalApp(`
        for (const messageId of ["hubspot_0", "hubspot_999", "toString", true, [data.messageId]]) {
          post({ ...data, messageId, type: "SYNC_ACK", version: "1.2.3" });
        }
        post({ type: "LAST" });`),
    ),
  );
  await standIn.open({ app });
  await standIn.sent("LAST");
  await expect(page.locator("#status")).toHaveAttribute("data-state", "waiting");
  expect(await standIn.messages("hubspot")).toEqual([]);
});

test("a frame that was closed is not waited for", async ({ standIn, serve, page }) => {
  await page.clock.install();
  const app = await serve((response) => response.end(silentApp));
  await standIn.open({ app });
  const status = page.locator("#status");
  await page.frameLocator("#frame iframe").locator("title").waitFor({ state: "attached" });
  await page.locator("#close").click();
  await page.clock.fastForward(60_000);
  await expect(status).toHaveAttribute("data-state", "closed");
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  await page.clock.fastForward(60_000);
  await expect(status, "an open one is").toHaveAttribute("data-state", "failed");
});

test("a message that is too large is a finding, and nothing else is lost by it", async ({ standIn, serve, page }) => {
  const app = await serve((response) =>
    response.end(
      minimalApp(`
        if (globalThis.answered) return;
        globalThis.answered = true;
        post({ ...data, type: "SYNC_ACK", version: "1.2.3".padEnd(1e6, "x") });
        post({ type: "INITIALIZED", data: { isLoggedIn: true } });
        const start = (externalCallId) => post({
          type: "OUTGOING_CALL_STARTED",
          data: { externalCallId, fromNumber: "+18005550100", toNumber: "+18005550151", createEngagement: true },
        });
        start("first");
        start("second".padEnd(6e6, "x"));
        post({ type: "ERROR", data: { message: "x".repeat(2e6) } });
        post({ type: "x".repeat(2e6) });
        post({ type: "ERROR", data: { message: "long".padEnd(90_000, "x") } });
        post({ type: "LAST" });`),
    ),
  );
  await standIn.open({ app });
  await standIn.sent("LAST");
  const findings = (await standIn.findings()).filter(({ rule }) => rule === "too-large");
  expect(findings.map(({ message }) => message.slice(0, 30))).toEqual([
    expect.stringMatching(/^OUTGOING_CALL_STARTED: /),
    expect.stringMatching(/^ERROR: /),
    expect.stringMatching(/^x+$/),
  ]);
  expect((await standIn.messages("app")).map(({ type }) => type)).toEqual([
    "INITIALIZED",
    "OUTGOING_CALL_STARTED",
    "ERROR",
    "LAST",
  ]);
  expect((await standIn.engagements()).map(({ externalCallId }) => externalCallId)).toEqual(["first"]);
  expect((await page.evaluate(() => window.hubspot.ready)).version).toHaveLength(80);
  expect((await page.locator("header").innerText()).length).toBeLessThan(500);
  const alert = await page.locator("#alertText").innerText();
  expect(alert).toMatch(/^longx+ … \(90000 characters\)$/);
  expect(alert.length).toBeLessThan(2100);
});

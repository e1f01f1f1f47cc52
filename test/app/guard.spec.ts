import { createServer } from "node:http";
import { acceptOnlyHubSpot } from "../../src/app/guard.ts";
import { appUrl, expect, test } from "../support/host.ts";

/** JavaScript expressions for malformed messages. The app logs each message once, but does not handle it. */
const malformed = [
  "null",
  "undefined",
  "5",
  "'text'",
  "[]",
  "{}",
  "{ type: 'DIAL_NUMBER' }",
  "{ messageId: 'x' }",
  "{ type: 5, messageId: 'x' }",
  "{ type: ['READY'], messageId: 'x' }",
  "{ type: { toString: null }, messageId: 'x' }",
  "{ type: 'DIAL_NUMBER', messageId: 0 }",
  "{ type: 'SYNC', messageId: 'x', hostUrl: 5 }",
  "{ type: 'SYNC', messageId: 'x', hostUrl: 'https://evil.example' }",
  "{ type: 'SYNC', messageId: 'x', hostUrl: location.origin + '/' }",
  "new Map([[1, 2]])",
  "{ type: 'READY', messageId: 'x', data: { hostUrl: 'javascript:alert(1)' } }",
  "{ type: 'SET_WIDGET_URL', messageId: 'x', iFrameUrl: 'http://evil.example' }",
  "{ type: 'SYNC_ACK', messageId: 'x' }",
  "{ type: 'DIAL_NUMBER', messageId: { toString: 1, valueOf: 1 } }",
];

/** Messages with an unusual type or payload. The app logs each message once, without an error. */
const junk: [type: string, data: string][] = [
  ["__proto__", "{ a: 1 }"],
  ["constructor", "{ a: 1 }"],
  ["toString", "null"],
  ["<img src=x onerror=alert(1)>", "'<script>alert(1)</script>'"],
  ["DIAL_NUMBER", "null"],
  ["DIAL_NUMBER", "undefined"],
  ["DIAL_NUMBER", "'text'"],
  ["DIAL_NUMBER", "{ phoneNumber: { nested: [1] } }"],
  ["DIAL_NUMBER", "{ phoneNumber: '<b onclick=alert(1)>+49</b>' }"],
  ["DIAL_NUMBER", "{ phoneNumber: 'x'.repeat(1_000_000) }"],
  ["DIAL_NUMBER", 'JSON.parse(\'{"__proto__": { "polluted": true }, "phoneNumber": "1" }\')'],
  ["CREATE_ENGAGEMENT_SUCCEEDED", "{ engagementId: '<i>7</i>' }"],
  ["CREATE_ENGAGEMENT_SUCCEEDED", "{ engagementId: NaN }"],
  ["CREATE_ENGAGEMENT_FAILED", "{ error: null }"],
  ["CREATE_ENGAGEMENT_FAILED", "{ error: 5 }"],
  ["CREATE_ENGAGEMENT_FAILED", "{ error: { message: { a: 1 } } }"],
  ["UPDATE_ENGAGEMENT_FAILED", "{ error: { message: '<img src=x onerror=alert(1)>' } }"],
  ["CALLER_ID_MATCH_SUCCEEDED", "{ callerIdMatches: 5 }"],
  ["CALLER_ID_MATCH_SUCCEEDED", "{ callerIdMatches: { length: 1 } }"],
  ["CALLER_ID_MATCH_SUCCEEDED", "{ callerIdMatches: [null] }"],
  ["CALLER_ID_MATCH_SUCCEEDED", "{ callerIdMatches: [{ callerIdType: 5, objectCoordinates: 'x' }] }"],
  ["CALLER_ID_MATCH_SUCCEEDED", "{ callerIdMatches: [{ name: '<svg onload=alert(1)>' }] }"],
  ["VISIBILITY_CHANGED", "[1, 2]"],
  ["SET_CALL_STATE", "{ big: 10n }"],
  ["SET_CALL_STATE", "(() => { const round = {}; round.round = round; return round; })()"],
  ["CREATE_ENGAGEMENT_FAILED", "{ error: { message: { toString: 1, valueOf: 1 } } }"],
  [
    "CALLER_ID_MATCH_SUCCEEDED",
    "{ callerIdMatches: [{ name: { toString: 1 }, objectCoordinates: { objectTypeId: '2-1' } }] }",
  ],
  [
    "CALLER_ID_MATCH_SUCCEEDED",
    "{ callerIdMatches: [{ objectCoordinates: { callEndStatus: 'x', objectId: 'x'.repeat(1e6) } }] }",
  ],
];

test("blocks malformed messages, and logs each of them", async ({ host, errors }) => {
  await host.open();
  const sent: string[] = await host.page.evaluate(`[${malformed}].map((message) => {
    post("app", message);
    return JSON.stringify(message) ?? "";
  })`);
  await expect(host.records("DROPPED", "note").locator("code")).toHaveText(sent);
  await expect(host.records(undefined, "hubspot")).toHaveCount(1);
  expect(errors).toEqual([]);
});

test("logs each message with an unusual type or payload, without throwing an error or executing code, even if the browser cannot clone the data of an unknown event", async ({
  host,
  page,
  errors,
}) => {
  const dialogs: string[] = [];
  page.on("dialog", (dialog) => {
    dialogs.push(dialog.message());
    void dialog.dismiss();
  });
  await host.open();
  for (const [index, [type, data]] of junk.entries()) {
    await host.post(`{ type: ${JSON.stringify(type)}, messageId: "junk", data: ${data} }`);
    await expect(host.records(undefined, "hubspot"), `${type} ${data}`).toHaveCount(index + 2);
  }
  const foreign = await host.app
    .locator("body")
    .evaluate((body) => body.querySelectorAll("img, svg, i, script[src]").length);
  expect(foreign - (await host.app.locator("#log i").count())).toBe(0);
  expect(await host.app.locator("body").evaluate(() => "polluted" in {})).toBe(false);
  expect(dialogs).toEqual([]);
  expect(errors).toEqual([]);
  for (const method of ["navigateToRecord", "callEnded", "callCompleted"]) await host.app.locator(`#${method}`).click();
  expect(errors).toEqual([]);
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550123" });
  await expect(host.field("toNumber")).toHaveValue("+18005550123");

  const notSent = host.records("ERROR", "app").locator("em", { hasText: /./ });
  await expect(notSent).toHaveCount(0);
  await page.evaluate(`{
    const { port1 } = new MessageChannel();
    frames.app.postMessage({ type: "SOMETHING_NEW", messageId: "x", data: port1 }, "*", [port1]);
  }`);
  await expect(host.records("SOMETHING_NEW", "hubspot")).toHaveCount(1);
  await expect(notSent).toHaveText("not sent: the browser cannot clone it");
  await host.send("DIAL_NUMBER", { phoneNumber: "+18005550124" });
  await expect(host.field("toNumber")).toHaveValue("+18005550124");
  expect(errors).toEqual([]);
});

test("answers a SYNC whose fields have the wrong types", async ({ host, errors }) => {
  const object = "{ toString: 1, valueOf: 1 }";
  await host.page.goto(host.url);
  await host.page.evaluate(
    `load({ portalId: ${object}, userId: 10n, ownerId: [[]], engagementId: ${object}, iframeLocation: 7, usesCallingWindow: null }, "app")`,
  );
  await host.next("INITIALIZED");
  await expect(host.app.locator("#status")).toHaveAttribute("data-state", "ready");
  expect(errors).toEqual([]);
});

const untrustedPage = `<!doctype html><script>
  const post = () => parent.frames.app.postMessage(
    { type: "SYNC", messageId: "untrusted", portalId: 666, hostUrl: location.origin }, "*");
  addEventListener("message", ({ data }) => { for (let n = 0; n < data; n++) post(); });
</script>`;

test("ignores SYNC messages from an untrusted window, and logs them in one row with a count", async ({
  host,
  page,
}) => {
  const server = createServer((_request, response) =>
    response.setHeader("content-type", "text/html").end(untrustedPage),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === "object" ? address?.port : ""}`;
  await page.goto(host.url);
  await page.evaluate(`document.body.insertAdjacentHTML("beforeend", \`
    <iframe name=app src="${appUrl}"></iframe><iframe name=untrusted src="${origin}"></iframe>\`)`);
  await host.app.locator("#status").waitFor();
  await page.frameLocator("[name=untrusted]").locator("html").waitFor({ state: "attached" });

  await page.evaluate("frames.untrusted.postMessage(250, '*')");
  const dropped = host.records("DROPPED", "note");
  await expect(dropped.locator("em")).toHaveText(`from ${origin}, 250 times`);
  await expect(dropped).toHaveCount(1);
  await expect(host.app.locator("#status")).toHaveAttribute("data-state", "waiting");

  await page.evaluate("post('app', { type: 'SYNC', messageId: 'host', portalId: 1, hostUrl: location.origin })");
  await expect(host.app.locator("#session")).toContainText("portalId 1user");
  server.close();
});

/** Returns the guard's verdict on a message from a parent page with this origin. Does not use a browser. */
function verdict(origin: string, data: object, referrer = `${origin}/`, isTopPage = false): string {
  const verdicts: string[] = [];
  let listen = (_event: object) => {};
  const addEventListener = (_type: string, listener: (event: object) => void) => {
    listen = listener;
  };
  const window = { parent: {}, addEventListener };
  if (isTopPage) window.parent = window;
  Object.assign(globalThis, {
    window,
    document: { referrer },
    location: { origin: appOrigin },
  });
  acceptOnlyHubSpot({
    untrusted: () => verdicts.push("untrusted"),
    malformed: (_data, reason) => verdicts.push(reason),
  });
  let stopped = false;
  listen({ source: window.parent, origin, data, stopImmediatePropagation: () => (stopped = true) });
  expect(stopped, "stops exactly the messages that it reports").toBe(verdicts.length > 0);
  return verdicts.join() || "accepted";
}

const appOrigin = "https://app.example";
const trustedOrigins = [
  appOrigin,
  "https://hubspot.com",
  "https://app.hubspot.com",
  "https://app-eu1.hubspot.com",
  "https://a.b.hubspotqa.com",
  "http://localhost",
  "https://localhost:9025",
  "http://127.0.0.1:3000",
];
const untrustedOrigins = [
  "https://hubspot.com.evil",
  "https://app.hubspot.com.evil.example",
  "https://app.hubspotqa.com.evil.example",
  "https://hubspot.community",
  "https://evilhubspot.com",
  "https://hubspotXcom",
  "https://app.hubspot.com:8443",
  "http://app.hubspot.com",
  "https://evil.example",
  "https://app.example.evil.example",
  "http://app.example",
  "http://localhost.evil.example",
  "http://localhost:3000.evil.example",
  "http://127.0.0.1.evil.example",
  "http://evil.localhost",
  // A Content-Security-Policy cannot contain an IPv6 address, so a page with this origin could not load the app either.
  "http://[::1]:3000",
  "null",
];
const dial = { type: "DIAL_NUMBER", messageId: "x" };

test("accepts messages from HubSpot's https origins, localhost, 127.0.0.1 and the app's origin, but not from other origins", () => {
  for (const origin of trustedOrigins) expect(verdict(origin, dial), origin).toBe("accepted");
  for (const origin of untrustedOrigins) expect(verdict(origin, dial), origin).toBe("untrusted");
});

test("rejects a message that a page outside an iframe sends to itself", () => {
  expect(verdict(appOrigin, dial, "", true)).toBe("untrusted");
});

test("accepts SYNC only if its hostUrl, or the referrer if hostUrl is missing, has the sender's origin", () => {
  const origin = "https://app.hubspot.com";
  const sync = { type: "SYNC", messageId: "x" };
  expect(verdict(origin, sync, `${origin}/contacts/1`)).toBe("accepted");
  expect(verdict(origin, sync, "https://evil.example/")).toBe("wrong hostUrl");
  expect(verdict(origin, sync, "https://app-eu1.hubspot.com/")).toBe("wrong hostUrl");
  expect(verdict(origin, sync, "")).toBe("wrong hostUrl");
  expect(verdict(origin, { ...sync, hostUrl: origin }, "https://evil.example/")).toBe("accepted");
  expect(verdict(origin, { ...sync, hostUrl: "https://evil.example" })).toBe("wrong hostUrl");
});

test("accepts SYNC from exactly those origins that may load the app", async ({ page, request }) => {
  const origins = {
    "https://hubspot.com": true,
    "https://app-eu1.hubspotqa.com": true,
    "http://localhost:3000": true,
    "http://app.hubspot.com": false,
    "https://app.hubspot.com.evil.example": false,
    "https://evilhubspot.com": false,
    "https://hubspotxcom": false,
  };
  const served = await request.get(appUrl);
  const [body, headers] = [await served.body(), served.headers()];
  // The second iframe's page is served without the app's security headers, so any origin can load it.
  const host = `<!doctype html><iframe src="https://app.example/served"></iframe><iframe src="https://app.example/bare"></iframe>`;
  await page.route("**/*", (route) => {
    const { hostname, pathname } = new URL(route.request().url());
    if (hostname !== "app.example") return route.fulfill({ contentType: "text/html", body: host });
    return route.fulfill(pathname === "/served" ? { body, headers } : { body, contentType: "text/html" });
  });
  for (const [origin, allowed] of Object.entries(origins)) {
    await page.goto(origin);
    const loaded = page.frames().filter((frame) => frame.url().endsWith("/served"));
    expect(loaded.length === 1, origin).toBe(allowed);
    await page.evaluate(`frames[1].postMessage({ type: "SYNC", messageId: "x", hostUrl: location.origin }, "*")`);
    const bare = page.frameLocator("iframe >> nth=1");
    await expect(bare.locator("[data-type=DROPPED]"), origin).toHaveCount(allowed ? 0 : 1);
    await expect(bare.locator("#status")).toHaveAttribute("data-state", allowed ? "ready" : "waiting");
  }
});

// The app's two frames, the remote and the calling window, which share an origin and a storage partition.
import { Frames } from "../../src/app/relay.ts";
import { expect, Host, test } from "../support/host.ts";

async function openBoth(host: Host, usesCallingWindow: boolean): Promise<void> {
  await host.page.goto(host.url);
  for (const iframeLocation of ["remote", "window"]) {
    await host.load({ iframeLocation, usesCallingWindow }, iframeLocation);
    await app(host, iframeLocation).locator("#status[data-state=ready]").waitFor();
  }
}

const app = (host: Host, name: string) => host.page.frameLocator(`iframe[name=${name}]`);

/** Expects that the `sender` frame sends messages and answers END_CALL, and that the `silent` frame does neither. */
async function expectSender(host: Host, sender: string, silent: string): Promise<void> {
  await app(host, sender).locator("#userAvailable").click();
  await host.next("USER_AVAILABLE", sender);
  await app(host, silent).locator("#userUnavailable").click();
  await expect(app(host, silent).locator("#log [data-type=USER_UNAVAILABLE] em")).toBeVisible();
  expect(await host.received(silent)).toEqual([]);
  expect((await host.received(sender)).map(({ type }) => type)).toContain("INITIALIZED");

  await host.send("END_CALL", undefined, sender);
  await host.next("CALL_ENDED", sender);
  await expect(app(host, silent).locator("#log [data-type=END_CALL]")).toHaveCount(1);
  expect((await host.received(sender)).filter(({ type }) => type === "CALL_ENDED")).toHaveLength(1);
  expect(await host.received(silent)).toEqual([]);
}

test("sends messages and answers END_CALL only from the window if usesCallingWindow is true, marks the remote's messages as not sent, and handles the remote's events in the window", async ({
  host,
}) => {
  await openBoth(host, true);
  await expectSender(host, "window", "remote");
  await app(host, "remote").locator("#outgoingCall").click();
  await expect(app(host, "remote").locator("#log [data-type=OUTGOING_CALL_STARTED] em")).toHaveText(
    /not sent: only the window may send/,
  );
  await app(host, "window").locator("#userLoggedIn").click();
  await host.next("LOGGED_IN", "window");
  expect((await host.received("window")).map(({ type }) => type)).not.toContain("OUTGOING_CALL_STARTED");

  await host.send("DIAL_NUMBER", { phoneNumber: "+4930123456" }, "remote");
  await expect(app(host, "window").locator("[name=toNumber]")).toHaveValue("+4930123456");
  await expect(app(host, "window").locator("#log [data-type=DIAL_NUMBER] em")).toHaveText("from another frame");
});

test("sends messages and answers END_CALL only from the remote if usesCallingWindow is false, for calls in the window too", async ({
  host,
}) => {
  await openBoth(host, false);
  const window = app(host, "window");
  await window.locator("#outgoingCall").click();
  const { data } = await host.next("OUTGOING_CALL_STARTED", "remote");
  const externalCallId = await window.locator("[name=externalCallId]").inputValue();
  expect(data).toMatchObject({ externalCallId });
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 31 }, "remote");
  await expect(window.locator("[name=engagementId]"), "shows the reply").toHaveValue("31");
  expect(await host.received("window")).toEqual([]);
  await expectSender(host, "remote", "window");
  expect((await host.next("CALL_ENDED", "remote")).data).toMatchObject({ externalCallId, engagementId: 31 });
});

test("relays messages through only one tab if two tabs are open, and through the other tab after the first is closed", async ({
  host,
  context,
}) => {
  await host.page.goto(host.url);
  await host.load({ iframeLocation: "remote", usesCallingWindow: false }, "remote");
  await host.next("INITIALIZED", "remote");
  const other = new Host(await context.newPage(), host.url);
  await openBoth(other, false);

  await app(other, "window").locator("#userAvailable").click();
  await host.next("USER_AVAILABLE", "remote");
  await host.page.close();
  await expect(async () => {
    await app(other, "window").locator("#userUnavailable").click();
    expect((await other.received("remote")).map(({ type }) => type)).toContain("USER_UNAVAILABLE");
  }).toPass();
  expect((await other.received("remote")).map(({ type }) => type)).not.toContain("USER_AVAILABLE");
});

test("lets the window send messages unless usesCallingWindow is false", () => {
  const frame = new Frames({ send() {}, show() {}, malformed() {} });
  const maySend = [undefined, null, true, false].map((usesCallingWindow) => {
    frame.settle({ iframeLocation: "window", usesCallingWindow });
    return frame.maySend();
  });
  frame.settle({ iframeLocation: "widget" }); // closes the channel
  expect(maySend).toEqual([true, true, true, false]);
});

test("shows each event from another frame only once after a second READY", async () => {
  const shown: string[] = [];
  const noReceivers = { send() {}, show() {}, malformed() {} };
  const frame = new Frames({ ...noReceivers, show: ({ type }) => shown.push(type) });
  const other = new Frames(noReceivers);
  const session = { hostUrl: "https://app.hubspot.com", portalId: 1, userId: 9, iframeLocation: "window" } as const;
  frame.settle(session);
  frame.settle(session);
  other.settle(session);
  other.share({ type: "onDialNumber", data: {} });
  other.share({ type: "onEndCall", data: {} });
  await expect.poll(() => shown).toEqual(["onDialNumber", "onEndCall"]);
  for (const each of [frame, other]) each.settle({ iframeLocation: "widget" }); // closes the channel
});

test("does not relay messages from frames that belong to another account or user", async ({ host }) => {
  await host.page.goto(host.url);
  const frames: [name: string, fields: object][] = [
    ["remote", { iframeLocation: "remote" }],
    ["window", { iframeLocation: "window" }],
    ["account", { iframeLocation: "window", portalId: 2 }],
    ["user", { iframeLocation: "window", userId: 2 }],
  ];
  for (const [name, fields] of frames) {
    await host.load({ usesCallingWindow: false, ...fields }, name);
    await app(host, name).locator("#status[data-state=ready]").waitFor();
  }
  for (const name of ["account", "user"]) {
    await app(host, name).locator("#userAvailable").click();
    await expect(app(host, name).locator("#log [data-type=USER_AVAILABLE]")).toHaveCount(1);
  }
  // Messages from the other frames would arrive before this message.
  await app(host, "window").locator("#userUnavailable").click();
  await host.next("USER_UNAVAILABLE", "remote");
  expect((await host.received("remote")).map(({ type }) => type)).not.toContain("USER_AVAILABLE");
});

test("links to the calling window only in a remote, and only if usesCallingWindow is false", async ({ host }) => {
  const cases: [iframeLocation: string, usesCallingWindow: boolean, isVisible: boolean][] = [
    ["widget", true, false],
    ["widget", false, false],
    ["remote", true, false],
    ["remote", false, true],
    ["window", false, false],
  ];
  await host.page.goto(host.url);
  for (const [index, [iframeLocation, usesCallingWindow, isVisible]] of cases.entries()) {
    await host.load({ iframeLocation, usesCallingWindow }, `app${index}`);
    const frame = app(host, `app${index}`);
    await frame.locator("#status[data-state=ready]").waitFor();
    const link = frame.locator("#callingWindow");
    await expect(link, `${iframeLocation} ${usesCallingWindow}`).toBeVisible({ visible: isVisible });
    const facts = frame.locator("#session div");
    await expect(facts.filter({ hasText: "iframeLocation" })).toHaveText(`iframeLocation ${iframeLocation}`);
    await expect(facts.filter({ hasText: "usesCallingWindow" })).toHaveText(`usesCallingWindow ${usesCallingWindow}`);
    if (!isVisible) continue;
    const origin = new URL(host.url).origin;
    await expect(link).toHaveAttribute("href", `${origin}/calling-integration-popup-ui/62515?usesCallingWindow=false`);
  }
});

test("drops and counts data from another frame if the data is not a message, and receives no messages from another storage partition", async ({
  host,
  context,
  errors,
}) => {
  await openBoth(host, false);
  const window = host.page.frames().find((frame) => frame.name() === "window");
  const name = JSON.stringify([new URL(host.url).origin, 62515, 9]);
  const junk = [
    "5",
    "null",
    "'text'",
    "[]",
    "{}",
    "{ event: 5 }",
    "{ event: null, message: null }",
    "{ event: { type: 5 } }",
    "{ message: { type: ['CALL_ENDED'] } }",
    "{ message: { type: { toString: 1 } } }",
  ];
  await window?.evaluate(`for (const data of [${junk}]) new BroadcastChannel('${name}').postMessage(data)`);
  // A message is relayed even if its payload is not an object.
  await window?.evaluate(`new BroadcastChannel('${name}').postMessage({ message: { type: "CALL_DATA", data: 5 } })`);
  expect((await host.next("CALL_DATA", "remote")).data).toBe(5);
  for (const frame of ["remote", "window"]) {
    await expect(app(host, frame).locator("#log [data-type=DROPPED] em")).toHaveText(
      `from another frame: not a message, ${junk.length} times`,
    );
  }

  // An app outside an iframe uses another partition, so its channel does not reach the app in the iframe.
  const tab = await context.newPage();
  await tab.goto("/");
  await tab.evaluate(`new BroadcastChannel('${name}').postMessage({ message: { type: "LEAKED" } })`);
  await app(host, "window").locator("#userAvailable").click();
  await host.next("USER_AVAILABLE", "remote");
  expect((await host.received("remote")).map(({ type }) => type)).not.toContain("LEAKED");
  expect(errors).toEqual([]);
});

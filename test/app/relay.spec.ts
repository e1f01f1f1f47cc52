// The app's frames in one HubSpot tab: the remote and the calling window, on one origin and in one storage partition.
import { Frames } from "../../src/app/relay.ts";
import { expect, Host, test } from "../support/host.ts";

async function openBoth(host: Host, usesCallingWindow: boolean): Promise<void> {
  await host.page.goto(host.url);
  for (const iframeLocation of ["remote", "window"]) {
    await host.frame({ iframeLocation, usesCallingWindow }, iframeLocation);
    await app(host, iframeLocation).locator("#status[data-state=ready]").waitFor();
  }
}

const app = (host: Host, name: string) => host.page.frameLocator(`iframe[name=${name}]`);

for (const [usesCallingWindow, speaker, silent] of [
  [true, "window", "remote"],
  [false, "remote", "window"],
] as const) {
  test(`usesCallingWindow ${usesCallingWindow}: the ${speaker} speaks, the ${silent} does not`, async ({ host }) => {
    await openBoth(host, usesCallingWindow);
    await app(host, speaker).locator("#userAvailable").click();
    await host.next("USER_AVAILABLE", speaker);
    await app(host, silent).locator("#userUnavailable").click();
    await expect(app(host, silent).locator("#log [data-type=USER_UNAVAILABLE] em")).toBeVisible();
    expect(await host.received(silent)).toEqual([]);
    expect((await host.received(speaker)).map(({ type }) => type)).toContain("INITIALIZED");
  });
}

test("usesCallingWindow true: the remote's buttons send nothing, and say so", async ({ host }) => {
  await openBoth(host, true);
  await app(host, "remote").locator("#outgoingCall").click();
  await expect(app(host, "remote").locator("#log [data-type=OUTGOING_CALL_STARTED] em")).toHaveText(
    /not sent: the calling window sends/,
  );
  await app(host, "window").locator("#userAvailable").click();
  await host.next("USER_AVAILABLE", "window");
  expect((await host.received("window")).map(({ type }) => type)).not.toContain("OUTGOING_CALL_STARTED");
});

test("usesCallingWindow false: the remote sends what the window hands over, and the window sees the answer", async ({
  host,
}) => {
  await openBoth(host, false);
  await app(host, "window").locator("#outgoingCall").click();
  const sent = await host.next("OUTGOING_CALL_STARTED", "remote");
  const externalCallId = await app(host, "window").locator("[name=externalCallId]").inputValue();
  expect(sent.data).toMatchObject({ externalCallId });
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 31 }, "remote");
  await expect(app(host, "window").locator("[name=engagementId]")).toHaveValue("31");
  expect(await host.received("window")).toEqual([]);
});

test("a message that is handed over is sent once, however many tabs, and by another remote when the first is gone", async ({
  host,
  context,
}) => {
  await host.page.goto(host.url);
  await host.frame({ iframeLocation: "remote", usesCallingWindow: false }, "remote");
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

test("a second READY leaves no way in but its own", async () => {
  const shown: string[] = [];
  const deaf = { send() {}, show() {}, malformed() {} };
  const frame = new Frames({ ...deaf, show: ({ type }) => shown.push(type) });
  const other = new Frames(deaf);
  const place = { hostUrl: "https://app.hubspot.com", portalId: 1, userId: 9, iframeLocation: "window" } as const;
  frame.settle(place);
  frame.settle(place);
  other.settle(place);
  other.share({ type: "onDialNumber", data: {} });
  other.share({ type: "onEndCall", data: {} });
  await expect.poll(() => shown).toEqual(["onDialNumber", "onEndCall"]);
  for (const one of [frame, other]) one.settle({ iframeLocation: "widget" }); // closes the channel
});

test("usesCallingWindow true: the window takes up what HubSpot tells the remote", async ({ host }) => {
  await openBoth(host, true);
  await host.send("DIAL_NUMBER", { phoneNumber: "+4930123456" }, "remote");
  await expect(app(host, "window").locator("[name=toNumber]")).toHaveValue("+4930123456");
  await expect(app(host, "window").locator("#log [data-type=DIAL_NUMBER] em")).toHaveText("from another frame");
});

test("END_CALL ends the call that the window handed over", async ({ host }) => {
  await openBoth(host, false);
  await app(host, "window").locator("#outgoingCall").click();
  const { data } = await host.next("OUTGOING_CALL_STARTED", "remote");
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 31 }, "remote");
  await host.send("END_CALL", undefined, "remote");
  const externalCallId = await app(host, "window").locator("[name=externalCallId]").inputValue();
  expect(data).toMatchObject({ externalCallId });
  expect((await host.next("CALL_ENDED", "remote")).data).toMatchObject({ externalCallId, engagementId: 31 });
});

test("the frames of another account, and of another user, do not hear of the call", async ({ host }) => {
  await host.page.goto(host.url);
  const frames: [name: string, fields: object][] = [
    ["remote", { iframeLocation: "remote" }],
    ["window", { iframeLocation: "window" }],
    ["account", { iframeLocation: "window", portalId: 2 }],
    ["user", { iframeLocation: "window", userId: 2 }],
  ];
  for (const [name, fields] of frames) {
    await host.frame({ usesCallingWindow: false, ...fields }, name);
    await app(host, name).locator("#status[data-state=ready]").waitFor();
  }
  for (const name of ["account", "user"]) {
    await app(host, name).locator("#userAvailable").click();
    await expect(app(host, name).locator("#log [data-type=USER_AVAILABLE]")).toHaveCount(1);
  }
  // The remote's own window hands over last, so that the others' messages would have come by now.
  await app(host, "window").locator("#userUnavailable").click();
  await host.next("USER_UNAVAILABLE", "remote");
  expect((await host.received("remote")).map(({ type }) => type)).not.toContain("USER_AVAILABLE");
});

test("END_CALL is answered once, by the frame that speaks", async ({ host }) => {
  for (const [usesCallingWindow, speaker, silent] of [
    [true, "window", "remote"],
    [false, "remote", "window"],
  ] as const) {
    await openBoth(host, usesCallingWindow);
    await host.send("END_CALL", undefined, speaker);
    await host.next("CALL_ENDED", speaker);
    await expect(app(host, silent).locator("#log [data-type=END_CALL]")).toHaveCount(1);
    expect((await host.received(speaker)).filter(({ type }) => type === "CALL_ENDED")).toHaveLength(1);
    expect(await host.received(silent)).toEqual([]);
  }
});

test("offers to open the calling window only where that is the app's to do", async ({ host }) => {
  const link = host.app.locator("#callingWindow");
  const cases: [iframeLocation: string, usesCallingWindow: boolean, offered: boolean][] = [
    ["widget", true, false],
    ["widget", false, false],
    ["remote", true, false],
    ["remote", false, true],
    ["window", false, false],
  ];
  for (const [iframeLocation, usesCallingWindow, offered] of cases) {
    await host.open({ iframeLocation, usesCallingWindow });
    await expect(link, `${iframeLocation} ${usesCallingWindow}`).toBeVisible({ visible: offered });
    await expect(host.app.locator("#session")).toContainText(
      `iframeLocation ${iframeLocation} usesCallingWindow ${usesCallingWindow}`,
    );
    if (!offered) continue;
    const origin = new URL(host.url).origin;
    await expect(link).toHaveAttribute("href", `${origin}/calling-integration-popup-ui/62515?usesCallingWindow=false`);
  }
});

test("what comes from another frame and is no message is dropped, and counted", async ({ host, errors }) => {
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
  await window?.evaluate(`for (const one of [${junk}]) new BroadcastChannel('${name}').postMessage(one)`);
  // A message whose payload is none is passed on as it is.
  await window?.evaluate(`new BroadcastChannel('${name}').postMessage({ message: { type: "CALL_DATA", data: 5 } })`);
  expect((await host.next("CALL_DATA", "remote")).data).toBe(5);
  for (const one of ["remote", "window"]) {
    await expect(app(host, one).locator("#log [data-type=DROPPED] em")).toHaveText(
      `from another frame: not a message, ${junk.length} times`,
    );
  }
  expect(errors).toEqual([]);
});

test("storage is partitioned in these tests, as it is under HubSpot", async ({ host, context }) => {
  await openBoth(host, false);
  const channel = JSON.stringify([new URL(host.url).origin, 62515, 9]);
  // The app in a tab of its own is another partition: its channel does not reach the framed one.
  const tab = await context.newPage();
  await tab.goto("/");
  await tab.evaluate(`new BroadcastChannel('${channel}').postMessage({ message: { type: "LEAKED" } })`);
  await app(host, "window").locator("#userAvailable").click();
  await host.next("USER_AVAILABLE", "remote");
  expect((await host.received("remote")).map(({ type }) => type)).not.toContain("LEAKED");
});

// The app's frames in one HubSpot tab: the remote and the calling window, on one origin and in one storage partition.
import { expect, type Host, test } from "./host.ts";

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
    /not sent: the calling window speaks/,
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

test("a message that is handed over is sent once, however many tabs there are", async ({ host, context }) => {
  await openBoth(host, false);
  const other = await context.newPage();
  await other.goto(host.url);
  await other.evaluate(`frame({ iframeLocation: "remote", usesCallingWindow: false }, "app")`);
  await other.frameLocator("[name=app]").locator("#status[data-state=ready]").waitFor();

  await app(host, "window").locator("#userAvailable").click();
  await host.next("USER_AVAILABLE", "remote");
  // The other tab's remote is asked in turn, so that what it had to send would have come by now.
  await other.frameLocator("[name=app]").locator("#userLoggedIn").click();
  await other.waitForFunction(`received.some(({ type }) => type === "LOGGED_IN")`);
  expect(await other.evaluate(`received.map(({ type }) => type)`)).not.toContain("USER_AVAILABLE");
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

test("another account's frames do not hear of the call", async ({ host }) => {
  await host.page.goto(host.url);
  await host.frame({ iframeLocation: "remote", usesCallingWindow: false, portalId: 1 }, "remote");
  await host.frame({ iframeLocation: "window", usesCallingWindow: false, portalId: 2 }, "window");
  for (const name of ["remote", "window"]) await app(host, name).locator("#status[data-state=ready]").waitFor();
  await app(host, "window").locator("#userAvailable").click();
  await app(host, "remote").locator("#userUnavailable").click();
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
      `iframeLocation:${iframeLocation}, usesCallingWindow:${usesCallingWindow}`,
    );
    if (!offered) continue;
    const origin = new URL(host.url).origin;
    await expect(link).toHaveAttribute("href", `${origin}/calling-integration-popup-ui/62515?usesCallingWindow=false`);
  }
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

// The stand-in in every state a person meets, at all sizes and in both schemes, to be looked at: `npm run screenshots`
// puts them into test/results/pictures/, which is not kept. The pictures in the README are renewed by the way.
import { expect, type StandIn, standInUrl, test } from "./setup/stand-in.ts";

const sizes: [width: number, height: number][] = [
  [320, 640],
  [400, 650],
  [800, 700],
  [1280, 800],
  [1920, 1080],
];

/** A call, with something to find in it. */
async function call(standIn: StandIn): Promise<void> {
  await standIn.ready();
  await standIn.dial();
  await standIn.app.locator("[name=hideWidget]").uncheck();
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await standIn.press("callAnswered", "CALL_ANSWERED");
  await standIn.press("callEnded", "CALL_ENDED");
  await standIn.press("callCompleted", "CALL_COMPLETED");
  await standIn.press("callEnded", "CALL_ENDED");
}

/** Calls of every kind, more than are in sight: as another page of the browser keeps them. */
async function manyCalls({ page }: StandIn): Promise<void> {
  await page.evaluate(() => {
    const [call] = window.hubspot.engagements();
    const states = ["created", "answered", "ended", "completed"];
    const calls = Array.from({ length: 40 }, (_, n) => ({
      ...call,
      engagementId: 1_795_000_000_000 + n,
      externalCallId: crypto.randomUUID(),
      createdAt: Date.now() - (40 - n) * 95_000,
      direction: n % 3 ? "OUTBOUND" : "INBOUND",
      state: states[n % states.length],
      ghost: n % 11 === 2,
      properties: {
        ...call?.properties,
        hs_call_status: n % 5 ? "COMPLETED" : "NO_ANSWER",
        hs_call_duration: `${n * 7000}`,
      },
    }));
    const key = Object.keys(localStorage).find((name) => localStorage[name].includes('"engagementId"')) ?? "";
    localStorage.setItem(key, JSON.stringify(calls));
    dispatchEvent(new StorageEvent("storage", { key, storageArea: localStorage }));
  });
  await expect(page.locator("#engagements > li").nth(30)).toBeAttached();
}

/** Two numbers of a registered app, one of which is connected, and a call with it. */
async function deskCall(standIn: StandIn): Promise<void> {
  const { page } = standIn;
  const url = "https://app.example/webhook";
  const stamps = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" };
  const apps = { 1234567: { channelConnection: { url, isReady: true, ...stamps } } };
  await page.route("**/stand-in/state*", (route) => route.fulfill({ json: { apps, calls: {} } }));
  const number = { e164PhoneNumber: "+18005550171", friendlyName: "Sales", shownName: "Sales", selectable: true };
  const unready = { e164PhoneNumber: "030", friendlyName: "Front desk", shownName: "Front desk", selectable: false };
  const json = { request: {}, problems: ["phoneNumbers[1].e164PhoneNumber: not E.164"], numbers: [number, unready] };
  await page.route("**/stand-in/numbers", (route) => route.fulfill({ json }));
  await standIn.ready();
  await standIn.tab("Help desk");
  await page.getByRole("button", { name: "Connect a number" }).click();
  await page.getByRole("button", { name: "+18005550171" }).click();
  await page.locator("#deskCall").getByRole("button", { name: "Outbound call" }).click();
  await standIn.app.locator("[name=fromNumber]").fill("+18005550171");
  await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
}

/** A log in which the app sent two messages more. */
async function replay(standIn: StandIn): Promise<void> {
  const lines = [
    ["in", "READY", { portalId: 62515, userId: 9, ownerId: 42, iframeLocation: "widget", usesCallingWindow: true }],
    ["out", "INITIALIZED", { isLoggedIn: true, isAvailable: false }],
    ["out", "USER_AVAILABLE"],
    ["in", "DIAL_NUMBER", { phoneNumber: "+18005550151" }],
  ].map(([direction, type, data], at) => JSON.stringify({ at, direction, type, data }));
  await standIn.tab("Replay");
  const file = { name: "session.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(lines.join("\n")) };
  await standIn.page.locator("#replayFile").setInputFiles(file);
  await expect(standIn.page.locator("#replayResult")).toHaveText(/^waiting for USER_AVAILABLE/);
}

/** The diagram of a tab whose app speaks in the calling window. */
async function callInWindow(standIn: StandIn): Promise<void> {
  const { page } = standIn;
  await page.unrouteAll();
  await page.evaluate(() => window.hubspot.clear());
  await standIn.open({ iframeLocation: "remote" });
  await expect(standIn.app.locator("#status")).toHaveAttribute("data-state", "ready");
  const opening = page.context().waitForEvent("page");
  await page.getByRole("button", { name: "Call +18005550151" }).click();
  const opened = await opening;
  const inWindow = opened.frameLocator("#frame iframe");
  await expect(inWindow.locator("[name=toNumber]")).toHaveValue("+18005550151");
  for (const method of ["outgoingCall", "callAnswered", "callEnded", "callCompleted"]) {
    await inWindow.locator(`#${method}`).click();
  }
  await standIn.tab("Messages");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await expect(page.locator("#diagram [data-type=CALL_COMPLETED]")).toBeAttached();
  await opened.close();
}

/** How each state is reached, each from the one before it. */
const states: [name: string, reach: (standIn: StandIn) => Promise<void>][] = [
  ["refused", async (standIn) => standIn.open({ app: "http://localhost:64999/" })],
  ["nothing on the timeline", async (standIn) => standIn.tab("Timeline")],
  ["not framed", async (standIn) => standIn.open({ app: "https://app.example/" })],
  [
    "connecting",
    async ({ page }) => {
      await page.getByRole("button", { name: "Cancel" }).click();
      await page.locator("#provider").selectOption("Calling app");
      await page.evaluate(() => window.hubspot.ready);
      await page.locator("#session [name=syncDelay]").evaluate((field) => {
        if (field instanceof HTMLSelectElement) field.value = "Infinity";
        field.dispatchEvent(new Event("change", { bubbles: true }));
      });
    },
  ],
  ["closed", async ({ page }) => page.locator("#close").click()],
  ["connected", async (standIn) => standIn.ready()],
  ["nothing found", async (standIn) => standIn.tab("Findings")],
  [
    "first call completed",
    async (standIn) => {
      await standIn.tab("Messages");
      await standIn.dial();
      await standIn.press("outgoingCall", "OUTGOING_CALL_STARTED");
      await standIn.press("callEnded", "CALL_ENDED");
      await standIn.press("callCompleted", "CALL_COMPLETED");
    },
  ],
  ["list", call],
  ["message", async ({ page }) => page.locator("#log [data-type=CALL_ENDED] summary").first().click()],
  ["diagram", async ({ page }) => page.getByRole("radio", { name: "Diagram" }).check()],
  ["arrow", async ({ page }) => page.locator("#diagram [data-type=CALL_ENDED]").last().click()],
  ...["Findings", "Timeline", "Session", "Answers", "Send an event", "Help desk", "Replay"].map(
    (tab): [string, (standIn: StandIn) => Promise<void>] => [tab, (standIn) => standIn.tab(tab)],
  ),
  [
    "many calls",
    async (standIn) => {
      await standIn.tab("Timeline");
      await manyCalls(standIn);
    },
  ],
  ["help desk call", deskCall],
  ["replay waits", replay],
  [
    "replayed",
    async ({ page }) => {
      await page.getByRole("button", { name: "Skip" }).click();
      await expect(page.locator("#replayResult")).toHaveText(/are the same/);
    },
  ],
  ["hidden", async ({ page }) => page.locator("#hide").click()],
  ["three lanes", callInWindow],
  [
    "calling window",
    async ({ app, page }) => {
      await page.goto(`${standInUrl}calling-integration-popup-ui/62515?usesCallingWindow=true`);
      await expect(app.locator("#status")).toHaveAttribute("data-state", "ready");
      await expect(page.locator("#log details")).toHaveCount(2);
    },
  ],
];

test("the README's: the calling app and the stand-in, after a call", async ({ standIn, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await call(standIn);
  await expect(page.locator("#findings li")).toHaveCount(1);
  await expect(standIn.app.locator("#log [data-type=UPDATE_ENGAGEMENT_SUCCEEDED]")).toBeVisible();
  await page.getByRole("radio", { name: "Diagram" }).check();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: "static/screenshots/stand-in.png" });
  await page.locator("#frame iframe").screenshot({ path: "static/screenshots/calling-app.png" });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, height] of sizes) {
    test(`the stand-in, ${width} ${colorScheme}`, async ({ standIn, page }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      for (const [state, reach] of states) {
        await reach(standIn);
        if (state === "refused") await expect(page.locator("#status")).toHaveAttribute("data-state", "failed");
        await page.mouse.move(0, 0);
        const path = `test/results/pictures/stand-in/${state}-${width}-${colorScheme}.png`;
        await page.screenshot({ path, fullPage: width < 1100 });
      }
    });
  }
}

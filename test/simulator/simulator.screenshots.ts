// Takes screenshots of the simulator's states, at several sizes and in both color schemes. `npm run screenshots` writes them
// to test/results/pictures/, which is not committed, and updates the README's screenshots.
import { expect, type Simulator, simulatorUrl, test } from "../support/simulator.ts";

const sizes: [width: number, height: number][] = [
  [320, 640],
  [400, 650],
  [800, 700],
  [1280, 800],
  [1920, 1080],
];

async function call(simulator: Simulator): Promise<void> {
  await simulator.ready();
  await simulator.dial();
  await simulator.app.locator("[name=hideWidget]").uncheck();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await simulator.press("callAnswered", "CALL_ANSWERED");
  await simulator.press("callEnded", "CALL_ENDED");
  await simulator.press("callCompleted", "CALL_COMPLETED");
  await simulator.press("callEnded", "CALL_ENDED");
}

/** Stores 40 different calls, as another tab would. */
async function manyCalls({ page }: Simulator): Promise<void> {
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

/** Connects one of a registered app's two phone numbers, and starts a call with that number. */
async function deskCall(simulator: Simulator): Promise<void> {
  const { page } = simulator;
  const url = "https://app.example/webhook";
  const stamps = { createdAt: "2026-01-01T00:00:00.000Z", updatedAt: "2026-01-01T00:00:00.000Z" };
  const apps = { 1234567: { channelConnection: { url, isReady: true, ...stamps } } };
  await page.route("**/simulator/state*", (route) => route.fulfill({ json: { apps, calls: {} } }));
  const number = { e164PhoneNumber: "+18005550171", friendlyName: "Sales", shownName: "Sales", selectable: true };
  const unready = { e164PhoneNumber: "030", friendlyName: "Front desk", shownName: "Front desk", selectable: false };
  const json = { request: {}, problems: ["phoneNumbers[1].e164PhoneNumber: not E.164"], numbers: [number, unready] };
  await page.route("**/simulator/numbers", (route) => route.fulfill({ json }));
  await simulator.ready();
  await simulator.tab("Help desk");
  await page.getByRole("button", { name: "Connect a number" }).click();
  await page.getByRole("button", { name: "+18005550171" }).click();
  await page.locator("#deskCall").getByRole("button", { name: "Outbound call" }).click();
  await simulator.app.locator("[name=fromNumber]").fill("+18005550171");
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
}

/** Replays a log until the replay waits for USER_AVAILABLE. */
async function replay(simulator: Simulator): Promise<void> {
  const lines = [
    [
      "hubspot",
      "READY",
      { portalId: 62515, userId: 9, ownerId: 42, iframeLocation: "widget", usesCallingWindow: true },
    ],
    ["app", "INITIALIZED", { isLoggedIn: true, isAvailable: false }],
    ["app", "USER_AVAILABLE"],
    ["hubspot", "DIAL_NUMBER", { phoneNumber: "+18005550151" }],
  ].map(([from, type, data], at) => JSON.stringify({ at, from, type, data }));
  await simulator.tab("Replay");
  const file = { name: "session.jsonl", mimeType: "application/jsonl", buffer: Buffer.from(lines.join("\n")) };
  await simulator.page.locator("#replayFile").setInputFiles(file);
  await expect(simulator.page.locator("#replayResult")).toHaveText(/^Waiting for USER_AVAILABLE/);
}

/** Makes a call in the calling window, and shows its messages as a diagram in the tab. */
async function callInWindow(simulator: Simulator): Promise<void> {
  const { page } = simulator;
  await page.unrouteAll();
  await page.evaluate(() => window.hubspot.clear());
  const { app: inWindow, page: opened } = await simulator.dialInWindow();
  for (const method of ["outgoingCall", "callAnswered", "callEnded", "callCompleted"]) {
    await inWindow.locator(`#${method}`).click();
  }
  await simulator.tab("Messages");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await expect(page.locator("#diagram [data-type=CALL_COMPLETED]")).toBeAttached();
  await opened.close();
}

/** Each state builds on the previous state. */
const states: [name: string, reach: (simulator: Simulator) => Promise<void>][] = [
  ["refused", async (simulator) => simulator.open({ app: "http://localhost:64999/" })],
  ["nothing on the timeline", async (simulator) => simulator.tab("Timeline")],
  ["not loaded", async (simulator) => simulator.open({ app: "https://app.example/" })],
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
  ["connected", async (simulator) => simulator.ready()],
  ["nothing found", async (simulator) => simulator.tab("Findings")],
  [
    "first call completed",
    async (simulator) => {
      await simulator.tab("Messages");
      await simulator.dial();
      await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
      await simulator.press("callEnded", "CALL_ENDED");
      await simulator.press("callCompleted", "CALL_COMPLETED");
    },
  ],
  ["list", call],
  ["message", async ({ page }) => page.locator("#log [data-type=CALL_ENDED]").first().click()],
  ["diagram", async ({ page }) => page.getByRole("radio", { name: "Diagram" }).check()],
  ["arrow", async ({ page }) => page.locator("#diagram [data-type=CALL_ENDED]").last().click()],
  ...["Findings", "Timeline", "Session", "Replies", "Send an event", "Help desk", "Replay"].map(
    (tab): [string, (simulator: Simulator) => Promise<void>] => [tab, (simulator) => simulator.tab(tab)],
  ),
  [
    "many calls",
    async (simulator) => {
      await simulator.tab("Timeline");
      await manyCalls(simulator);
    },
  ],
  ["help desk call", deskCall],
  ["replay waits", replay],
  [
    "replayed",
    async ({ page }) => {
      await page.getByRole("button", { name: "Skip" }).click();
      await expect(page.locator("#replayResult")).toHaveText(/match\./);
    },
  ],
  ["hidden", async ({ page }) => page.locator("#hide").click()],
  ["three lanes", callInWindow],
  [
    "calling window",
    async ({ app, page }) => {
      await page.goto(`${simulatorUrl}calling-integration-popup-ui/62515?usesCallingWindow=true`);
      await expect(app.locator("#status")).toHaveAttribute("data-state", "ready");
      await expect(page.locator("#log [role=option]")).toHaveCount(2);
    },
  ],
];

test("updates the READMEs' screenshots of the simulator and the calling app", async ({ simulator, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await call(simulator);
  await expect(page.locator("#findings li")).toHaveCount(1);
  await expect(simulator.app.locator("#log [data-type=UPDATE_ENGAGEMENT_SUCCEEDED]")).toBeVisible();
  await page.getByRole("radio", { name: "Diagram" }).check();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: "static/screenshots/simulator.png" });
  await page.locator("#frame iframe").screenshot({ path: "static/screenshots/calling-app.png" });
});

for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, height] of sizes) {
    test(`takes screenshots of the simulator at ${width} px in the ${colorScheme} color scheme`, async ({
      simulator,
      page,
    }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      for (const [state, reach] of states) {
        await reach(simulator);
        if (state === "refused") await expect(page.locator("#status")).toHaveAttribute("data-state", "failed");
        await page.mouse.move(0, 0);
        const path = `test/results/pictures/simulator/${state}-${width}-${colorScheme}.png`;
        await page.screenshot({ path, fullPage: width < 1100 });
      }
    });
  }
}

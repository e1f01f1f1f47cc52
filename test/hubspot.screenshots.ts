// The stand-in in every state a person meets, at all sizes and in both schemes, to be looked at: `npm run screenshots`
// puts them into test/results/pictures/, which is not kept.
import { expect, type StandIn, test } from "./setup/stand-in.ts";

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
  for (const [method, type] of [
    ["outgoingCall", "OUTGOING_CALL_STARTED"],
    ["callAnswered", "CALL_ANSWERED"],
    ["callEnded", "CALL_ENDED"],
    ["callCompleted", "CALL_COMPLETED"],
    ["callEnded", "CALL_ENDED"],
  ] satisfies [string, string][]) {
    await standIn.press(method, type);
  }
}

/** How each state is reached; those without a call begin from an empty page. */
const states: [name: string, reach: (standIn: StandIn) => Promise<void>][] = [
  ["refused", async (standIn) => standIn.open({ app: "http://localhost:64999/" })],
  ["closed", async ({ page }) => page.locator("#close").click()],
  ["connected", async (standIn) => standIn.ready()],
  ["list", call],
  ["message", async ({ page }) => page.locator("#log [data-type=CALL_ENDED] summary").first().click()],
  ["diagram", async ({ page }) => page.getByRole("radio", { name: "Diagram" }).check()],
  ["arrow", async ({ page }) => page.locator("#diagram [data-type=CALL_ENDED]").last().click()],
  ...["Findings", "Timeline", "Session", "Answers", "Send an event", "Help desk", "Replay"].map(
    (tab): [string, (standIn: StandIn) => Promise<void>] => [tab, (standIn) => standIn.tab(tab)],
  ),
  ["hidden", async ({ page }) => page.locator("#hide").click()],
];

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

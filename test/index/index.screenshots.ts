// Takes screenshots of the calling app in several states and sizes, in light and dark mode. `npm run screenshots`
// saves them in test/results/pictures/, which git ignores.
import { expect, type Host, test } from "../support/host.ts";

const sizes: [width: number, height: number][] = [
  [320, 600],
  [400, 650],
  [800, 700],
  [1280, 800],
  [1920, 1080],
];

const match = { callerIdType: "CONTACT", objectCoordinates: { portalId: 62515, objectId: 51, objectTypeId: "0-1" } };
const caller = { callerIdMatches: [{ ...match, firstName: "Ada", lastName: "Lovelace" }] };
const press = (host: Host, method: string) => host.app.locator(`#${method}`).click();

async function answerCall(host: Host): Promise<void> {
  await press(host, "incomingCall");
  await host.send("CALLER_ID_MATCH_SUCCEEDED", caller);
  await host.send("CREATE_ENGAGEMENT_SUCCEEDED", { engagementId: 1795238959984 });
  await expect(host.field("engagementId")).not.toHaveValue("");
  await press(host, "callAnswered");
}

const states: Record<string, (host: Host) => Promise<void>> = {
  empty: async () => {},
  dialing: (host) => host.send("DIAL_NUMBER", { phoneNumber: "+18005550151" }),
  ringing: (host) => press(host, "outgoingCall"),
  call: answerCall,
  ended: async (host) => {
    await answerCall(host);
    await press(host, "callEnded");
  },
  completed: async (host) => {
    await host.send("DIAL_NUMBER", { phoneNumber: "+18005550151" });
    for (const method of ["outgoingCall", "callAnswered", "callEnded", "callCompleted"]) await press(host, method);
  },
  failure: async (host) => {
    await answerCall(host);
    await host.send("UPDATE_ENGAGEMENT_FAILED", {
      error: { message: `The property is read-only, and this text is long. ${"W".repeat(120)}` },
    });
  },
  full: async (host) => {
    await answerCall(host);
    await host.page.evaluate(`for (let n = 1; n <= 600; n++) send("SET_CALL_STATE", { n, more: "x".repeat(n) })`);
    await expect(host.app.locator("#kept")).toContainText("500 of");
    await host.records().last().locator("summary").click();
  },
  edgeCases: async (host) => {
    const rightToLeft = { firstName: "מרים 😀", lastName: "אבולעפיה".repeat(9) };
    await host.send("CALLER_ID_MATCH_SUCCEEDED", { callerIdMatches: [{ ...match, ...rightToLeft }] });
    await host.send(`TYPE_${"W".repeat(100)}`, { مرحبا: "👩‍👩‍👧‍👦".repeat(20) });
    await host.send("CREATE_ENGAGEMENT_FAILED", { error: { message: "אי אפשר 🚫 (403)" } });
    await host.field("fromNumber").fill("9".repeat(90));
    await host.app.locator("#more > summary").click();
  },
};

for (const colorScheme of ["light", "dark"] as const) {
  for (const [width, height] of sizes) {
    test(`takes screenshots of the calling app at a width of ${width} pixels in ${colorScheme} mode`, async ({
      host,
      page,
    }) => {
      test.slow();
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      const takePicture = async (state: string) => {
        await page.mouse.move(0, 0);
        await page.screenshot({ path: `test/results/pictures/app/${state}-${width}-${colorScheme}.png` });
      };
      for (const [state, bringTo] of Object.entries(states)) {
        await host.open();
        await bringTo(host);
        await takePicture(state);
      }
      await page.goto("/");
      await page.locator("#unframed").waitFor();
      await takePicture("unframed");
    });
  }
}

// The pictures in the README: `npm run screenshots` takes them anew.
import { expect, test } from "./setup/stand-in.ts";

test("the calling app and the stand-in, after a call", async ({ standIn, page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
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
  await expect(page.locator("#findings li")).toHaveCount(1);
  await expect(standIn.app.locator("#log [data-type=UPDATE_ENGAGEMENT_SUCCEEDED]")).toBeVisible();
  await page.getByRole("radio", { name: "Diagram" }).check();
  await page.mouse.move(0, 0);
  await page.screenshot({ path: "static/screenshots/stand-in.png" });
  await page.locator("#frame iframe").screenshot({ path: "static/screenshots/calling-app.png" });
});

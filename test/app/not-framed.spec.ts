import { appUrl, expect, test } from "../support/host.ts";

test("waits for HubSpot if it is opened in a browser tab, logs a message as not sent, and puts a link to the simulator first in the tab order", async ({
  page,
  errors,
}) => {
  await page.goto("/");
  await expect(page.locator("#status")).toHaveAttribute("data-state", "waiting");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Calling app");
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText("Open in the simulator");
  await page.locator("#userLoggedIn").click();
  await expect(page.locator("#log [data-type=LOGGED_IN][data-from=app] em")).toHaveText(
    "not sent: HubSpot is not ready",
  );
  expect(errors).toEqual([]);
  await page.getByRole("link", { name: "Open in the simulator" }).press("Enter");
  await expect(page).toHaveTitle("HubSpot simulator");
});

test("shows four lines of JavaScript to run in the console of HubSpot's page, copies each line when its button is clicked, and leaves the page URL's fragment out", async ({
  page,
  context,
}) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/#');alert(1);//");
  const lines = [
    `localStorage.setItem("LocalSettings:Calling:CallingExtensions", "{\\"name\\":\\"Calling app\\",\\"url\\":\\"${appUrl}\\"}")`,
    `localStorage.setItem("LocalSettings:Calling:installDemoWidget", "local")`,
    `localStorage.setItem("LocalSettings:Calling:supportsInboundCalling", "true")`,
    `localStorage.setItem("LocalSettings:Calling:supportsChannelConnection", "true")`,
  ];
  await expect(page.locator("#unframed code")).toHaveText(lines);
  await expect(page.locator("#keys")).toBeHidden();
  await page.locator("#unframed summary").click();
  for (const [index, line] of lines.entries()) {
    await page.locator("#unframed button").nth(index).click();
    await expect.poll(() => page.evaluate("navigator.clipboard.readText()")).toBe(line);
  }
  await page.evaluate(String(lines[0]));
  const stored = await page.evaluate("localStorage.getItem('LocalSettings:Calling:CallingExtensions')");
  expect(JSON.parse(String(stored))).toEqual({ name: "Calling app", url: appUrl });
});

test("hides the loading instructions in an iframe", async ({ host }) => {
  await host.open();
  await expect(host.app.locator("#unframed")).toBeHidden();
});

import { expect, test } from "../support/host.ts";

test("opened in a tab, the page waits, sends nothing, and says so", async ({ page, errors }) => {
  await page.goto("/");
  await expect(page.locator("#status")).toHaveAttribute("data-state", "waiting");
  await page.locator("#userLoggedIn").click();
  await expect(page.locator("#log [data-type=LOGGED_IN][data-from=app] em")).toHaveText(
    "not sent: HubSpot is not ready",
  );
  expect(errors).toEqual([]);
});

test("shows how to get it into HubSpot, and copies each line", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto("/");
  const lines = [
    `localStorage.setItem("LocalSettings:Calling:CallingExtensions", "{\\"name\\":\\"Calling app\\",\\"url\\":\\"${page.url()}\\"}")`,
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
});

test("a line that is run as it stands sets what HubSpot reads", async ({ page }) => {
  await page.goto("/");
  const line = await page.locator("#unframed code").first().textContent();
  await page.evaluate(line ?? "");
  const set = await page.evaluate("localStorage.getItem('LocalSettings:Calling:CallingExtensions')");
  expect(JSON.parse(String(set))).toEqual({ name: "Calling app", url: page.url() });
});

test("offers the simulator first, where it is served beside the page", async ({ page }) => {
  await page.goto("/");
  await expect(page.getByRole("heading", { level: 1 })).toHaveText("Calling app");
  await page.keyboard.press("Tab");
  await expect(page.locator(":focus")).toHaveText("Open in the simulator");
  await page.keyboard.press("Enter");
  await expect(page).toHaveTitle("HubSpot simulator");
});

test("says nothing of it when it is framed", async ({ host }) => {
  await host.open();
  await expect(host.app.locator("#unframed")).toBeHidden();
});

test("an address with script in it puts none into the line", async ({ page }) => {
  await page.goto("/#');alert(1);//");
  const line = await page.locator("#unframed code").first().textContent();
  expect(line).not.toContain("alert");
});

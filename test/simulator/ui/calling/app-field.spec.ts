import { expect, initialize, minimalApp, Simulator, test } from "../../../support/simulator.ts";

test("loads an app by its shortened URL, remembers the app, and keeps it after a reload and in a new tab", async ({
  simulator,
  page,
  context,
  serve,
}) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  const { host } = new URL(app);
  await simulator.ready();
  const field = page.getByRole("combobox", { name: "Address" });
  await expect(field).toHaveValue(/^http:\/\/localhost:\d+\/$/);
  await field.fill(host);
  await field.press("Enter");
  await expect(page.locator("#name")).toHaveText(host);
  await expect(field).toHaveValue(app);
  await expect(page.locator("#recentApps option")).toHaveText([app]);
  expect(new URL(page.url()).searchParams.get("app")).toBe(app);
  await page.reload();
  await expect(page.locator("#name")).toHaveText(host);

  const tab = new Simulator(await context.newPage());
  await tab.open();
  await expect(tab.page.locator("#name")).toHaveText(host);
  await tab.page.locator("#provider").selectOption("Calling app");
  await expect(tab.page.locator("#name")).toHaveText("Calling app");
  await expect.poll(() => new URL(tab.page.url()).searchParams.get("app")).toBeNull();
  await expect(tab.page.locator("#recentApps option"), "the app stays in the list for the next visit").toHaveText([
    app,
  ]);
});

test("accepts a URL without a scheme in ?app=", async ({ simulator, page, serve }) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  await simulator.ready({ app: new URL(app).host });
  await expect(page.locator("#frame iframe")).toHaveAttribute("src", app);
});

test("contains the loaded app's URL again after Escape, or after the focus has left the form, rejects an invalid URL, and loads a remote app without asking for confirmation if the user enters its URL", async ({
  simulator,
  page,
}) => {
  await page.route("https://app.example/**", (route) =>
    route.fulfill({ contentType: "text/html", body: minimalApp(initialize) }),
  );
  await simulator.ready();
  const field = page.locator("#appUrl");
  const loaded = await field.inputValue();
  await field.fill("localhost:1");
  await field.press("Escape");
  await expect(field).toHaveValue(loaded);
  await expect(field).not.toBeFocused();
  await field.fill("localhost:1");
  await field.press("Tab");
  await expect(field, "the focus is on “Load app”").toHaveValue("localhost:1");
  await page.keyboard.press("Tab");
  await expect(field).toHaveValue(loaded);
  await field.fill("localhost:1");
  await simulator.app.locator("#filter").click();
  await expect(field, "the focus is in the app").toHaveValue(loaded);

  await field.fill("javascript:alert(1)");
  await page.getByRole("button", { name: "Load app" }).click();
  await expect(page.getByRole("alert")).toContainText("“javascript:alert(1)” is not an app's address");
  await expect(page.locator("#name")).toHaveText("Calling app");
  await field.fill("app.example/phone");
  await field.press("Enter");
  await expect(page.getByRole("alert")).toBeHidden();
  await expect(page.getByRole("dialog")).toBeHidden();
  await expect(page.locator("#frame iframe")).toHaveAttribute("src", "https://app.example/phone");
  await expect(page.locator("#status")).toHaveText("Ready");
});

test("asks before it loads another app during a call", async ({ simulator, page, serve }) => {
  const app = await serve((response) => response.end(minimalApp(initialize)));
  await simulator.ready();
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  await page.locator("#appUrl").fill(app);
  await page.locator("#appUrl").press("Enter");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("#name")).toHaveText("Calling app");
  await page.locator("#appUrl").press("Enter");
  await page.getByRole("button", { name: "Switch anyway" }).click();
  await expect(page.locator("#name")).toHaveText(new URL(app).host);
});

import { expect, test } from "../../../support/simulator.ts";

test("copies the session as a test of the loaded app", async ({ simulator, page }) => {
  await simulator.ready();
  const button = page.getByRole("button", { name: "Copy as test" });
  const copied = page.evaluate(
    () =>
      new Promise<string>((resolve) => {
        const writeText = async (text: string) => resolve(text);
        Object.defineProperty(navigator, "clipboard", { value: { writeText } });
      }),
  );
  await simulator.dial({ recordId: 52 });
  await simulator.app.locator("#outgoingCall").click();
  await simulator.sent("OUTGOING_CALL_STARTED");
  await button.click();
  expect(await copied).toContain('  await hubspot.dial({ recordId: 52 });\n  await press("outgoingCall");\n');
  expect(await copied).not.toContain("TODO");
});

test("is disabled if the log does not contain READY", async ({ simulator, page }) => {
  await simulator.ready();
  const button = page.getByRole("button", { name: "Copy as test" });
  await expect(button).toBeEnabled();
  await page.evaluate(() => window.hubspot.clear("messages"));
  await expect(button).toBeDisabled();
});

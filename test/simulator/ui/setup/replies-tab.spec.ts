import { expect, test } from "../../../support/simulator.ts";

test("shows the reply that a script sets, and applies the reply that the user sets", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.tab("Replies");
  const mode = page.getByLabel("Reply to incomingCall");
  const delay = page.getByLabel("Delay for incomingCall in milliseconds");
  await expect(mode).toHaveValue("succeed");

  await simulator.answer("INCOMING_CALL", "fail", 50);
  await expect(mode).toHaveValue("fail");
  await expect(delay).toHaveValue("50");
  await expect(page.getByLabel("Reply to outgoingCall")).toHaveValue("succeed");

  await delay.fill("");
  await mode.selectOption("never");
  await simulator.app.locator("#incomingCall").click();
  await expect.poll(async () => (await simulator.messages("app")).at(-1)?.type).toBe("INCOMING_CALL");
  expect((await simulator.messages("hubspot")).map(({ type }) => type)).toEqual(["READY"]);
  await expect(delay, "an empty field stays empty").toHaveValue("");
});

test("shows that the simulator chose the reply to navigateToRecord", async ({ simulator, page }) => {
  await simulator.ready();
  await simulator.tab("Replies");
  const certainty = page.getByRole("row", { name: "navigateToRecord" }).locator("small");
  await expect(certainty).toContainText("chosen by the simulator");
  await expect(certainty).toHaveAttribute("title", /the simulator chose it/);
});

// Messages on the Messages tab: their fields, their findings, and links from findings.
import { expect, simulatorUrl, test } from "../../../support/simulator.ts";

test("shows the payload, field documentation, certainty, findings and a legend for the selected message", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.press("callEnded", "CALL_ENDED");
  const row = page.locator("#log [data-type=CALL_ENDED]");
  await expect(row).toHaveAttribute("data-severity", "error");
  await expect(row.locator("mark")).toHaveText("error");
  await row.click();
  const message = page.getByRole("region", { name: "Message" });
  await expect(message.getByRole("heading", { name: "CALL_ENDED callEnded" })).toBeVisible();
  const field = message.getByRole("row", { name: "engagementId" });
  await expect(field).toContainText("HubSpot's id for the call, from CREATE_ENGAGEMENT_SUCCEEDED");
  await expect(message.locator(".about")).toContainText(
    "callEnded documented HubSpot's documentation (calling SDK page)",
  );
  await expect(message.locator(".finding").first()).toContainText(/error|warning/);
  await expect(message.locator(".finding .remedy").first()).toContainText(/^How to fix it: /);
  await expect(message.locator("pre")).toContainText('"callEndStatus"');
  const legend = message.getByRole("region", { name: "Certainty" });
  await expect(legend.getByRole("term")).toHaveText([
    "documented",
    "from the SDK",
    "inferred",
    "chosen by the simulator",
  ]);
  await simulator.send("END_CALL", { externalCallId: "a", own: 1 });
  await page.locator("#log [data-type=END_CALL]").click();
  await expect(message.getByRole("row", { name: "externalCallId" }).locator(".sure")).toHaveText(
    "chosen by the simulator",
  );
  await expect(message.getByRole("row", { name: "own" })).toContainText("unknown field");
});

test("uses the same message names in the list, the diagram and the findings, and filters messages by sender", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.send("END_CALL");
  await simulator.sent("CALL_ENDED");
  const names = { CALL_ENDED: ["←", "CALL_ENDED callEnded"], END_CALL: ["→", "END_CALL onEndCall"] };
  for (const [type, cells] of Object.entries(names)) {
    await expect(page.locator(`#log [data-type=${type}] > :is(i, b)`)).toHaveText(cells);
  }
  await page.getByLabel("Sender").selectOption({ label: "from HubSpot" });
  await expect(page.locator("#log [data-from=app]")).toHaveCount(0);
  await expect(page.locator("#log [data-from=hubspot]")).not.toHaveCount(0);
  await page.getByLabel("Sender").selectOption({ label: "all" });
  await page.getByRole("radio", { name: "Diagram" }).check();
  for (const [type, [, name]] of Object.entries(names)) {
    await expect(page.locator(`#diagram [data-type=${type}] .type`)).toHaveText(`${name}`);
  }
  await simulator.tab("Findings");
  await expect(page.getByRole("button", { name: "Show CALL_ENDED callEnded" }).first()).toBeVisible();
});

test("shows the message that a finding is about, regardless of the tab, the filter, the view and the message's age", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.press("callEnded", "CALL_ENDED");
  await page.evaluate(() => {
    Object.assign(console, { log() {}, debug() {} });
    for (let n = 0; n < 700; n++) window.hubspot.send("SET_CALL_STATE", { n });
  });
  await expect(page.locator("#log > *").last()).toContainText('{"n":699}');
  await expect(page.locator("#log [data-type=CALL_ENDED]"), "the row was removed").toHaveCount(0);
  await page.locator("#filter").fill("nothing");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await simulator.tab("Findings");
  await page.locator("#findings li").first().getByRole("button", { name: "Show CALL_ENDED callEnded" }).press("Enter");
  await expect(page.getByRole("tab", { name: "Messages" })).toHaveAttribute("aria-selected", "true");
  const row = page.locator("#log [data-type=CALL_ENDED]");
  await expect(row).toBeInViewport();
  await expect(row).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("listbox", { name: "Messages" })).toBeFocused();
  await expect(page.getByRole("region", { name: "Message" })).toContainText("CALL_ENDED");

  await simulator.tab("Findings");
  await page.locator("#findings li p").first().click();
  await expect(row, "the whole finding is clickable").toBeVisible();
});

test("shows another tab's messages in the log and the diagram, but not in the session's messages", async ({
  simulator,
  page,
  context,
}) => {
  await simulator.ready();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.evaluate(() => window.hubspot.ready);
  await other.evaluate(() => window.hubspot.send("END_CALL"));
  await expect(page.locator("#log [data-type=END_CALL]")).not.toHaveAttribute("data-from");
  await expect(page.locator("#log [data-type=END_CALL]")).toContainText("sent to the app in another tab");
  expect((await simulator.messages("hubspot")).map(({ type }) => type)).not.toContain("END_CALL");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await expect(page.locator("#diagram .lanes text")).toHaveText(["HubSpot", "the app", "the app in another tab"]);

  await other.goto(`${simulatorUrl}?portalId=7`);
  await other.evaluate(() => window.hubspot.ready);
  await other.evaluate(() => window.hubspot.send("SET_CALL_STATE"));
  await simulator.send("INITIATE_CALL_ID_FAILED");
  await expect(page.locator("#log [data-type=INITIATE_CALL_ID_FAILED]")).toHaveCount(1);
  await expect(
    page.locator("#log [data-type=SET_CALL_STATE]"),
    "messages from another account are ignored",
  ).toHaveCount(0);
});

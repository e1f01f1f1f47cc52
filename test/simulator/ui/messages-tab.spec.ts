// A message on the page: what its fields mean, what was found about it, and how one gets there.
import { expect, simulatorUrl, test } from "../../support/simulator.ts";

test("a message opens to its payload, each field's meaning, how sure it is, and what was found about it", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.press("callEnded", "CALL_ENDED");
  const row = page.locator("#log [data-type=CALL_ENDED]");
  await expect(row).toHaveAttribute("data-severity", "error");
  await expect(row.locator("summary")).toContainText("error: ");
  await row.locator("summary").click();
  const field = row.getByRole("row", { name: "engagementId" });
  await expect(field).toContainText("HubSpot's id for the call, from CREATE_ENGAGEMENT_SUCCEEDED");
  await expect(row.locator(".about")).toContainText("callEnded documented HubSpot's documentation (calling SDK page)");
  await expect(row.locator(".finding").first()).toContainText(/error|warning/);
  await expect(row.locator("pre")).toContainText('"callEndStatus"');
  await row.locator("summary").click();
  await row.locator("summary").click();
  await expect(row.getByRole("table"), "opened twice, explained once").toHaveCount(1);
});

test("a finding leads to its message, whatever tab, filter and view there is, and however old it is", async ({
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
  await expect(page.locator("#log [data-type=CALL_ENDED]"), "let go from the panel").toHaveCount(0);
  await page.locator("#filter").fill("nothing");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await simulator.tab("Findings");
  await page.locator("#findings li").first().getByRole("button", { name: "Show the message" }).press("Enter");
  await expect(page.getByRole("tab", { name: "Messages" })).toHaveAttribute("aria-selected", "true");
  const row = page.locator("#log [data-type=CALL_ENDED]");
  await expect(row.locator("summary")).toBeFocused();
  await expect(row.locator("pre")).toBeInViewport();

  await simulator.tab("Findings");
  await page.locator("#findings li p").first().click();
  await expect(row, "the whole finding can be pressed").toBeVisible();
});

test("what goes on in another page of the account is in the log and the diagram, and in no session's messages", async ({
  simulator,
  page,
  context,
}) => {
  await simulator.ready();
  const other = await context.newPage();
  await other.goto(page.url());
  await other.evaluate(() => window.hubspot.ready);
  await other.evaluate(() => window.hubspot.send("END_CALL"));
  await expect(page.locator("#log [data-type=END_CALL]")).toHaveAttribute("data-direction", "note");
  await expect(page.locator("#log [data-type=END_CALL]")).toContainText("sent to the app in another tab");
  expect((await simulator.messages("hubspot")).map(({ type }) => type)).not.toContain("END_CALL");
  await page.getByRole("radio", { name: "Diagram" }).check();
  await expect(page.locator("#diagram .lanes text")).toHaveText(["HubSpot", "the app", "the app elsewhere"]);

  await other.goto(`${simulatorUrl}?portalId=7`);
  await other.evaluate(() => window.hubspot.ready);
  await other.evaluate(() => window.hubspot.send("SET_CALL_STATE"));
  await simulator.send("INITIATE_CALL_ID_FAILED");
  await expect(page.locator("#log [data-type=INITIATE_CALL_ID_FAILED]")).toHaveCount(1);
  await expect(page.locator("#log [data-type=SET_CALL_STATE]"), "another account").toHaveCount(0);
});

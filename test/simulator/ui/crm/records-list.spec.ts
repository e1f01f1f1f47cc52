// The list of CRM records: names, Call buttons, the open record, the search, and the records that the user adds.
import { type CrmRecord, isSameRecord } from "../../../../src/simulator/crm/crm-records.ts";
import { sampleRecords as records } from "../../../../src/simulator/crm/sample-records.ts";
import { idOf, nameOf } from "../../../../src/simulator/ui/crm/record-id.ts";
import { expect, type Simulator, test } from "../../../support/simulator.ts";

const numbersOf = (list: readonly CrmRecord[]) => list.flatMap(({ numbers }) => numbers.map(({ number }) => number));
const lastDial = async (simulator: Simulator) =>
  (await simulator.messages("hubspot")).findLast(({ type }) => type === "DIAL_NUMBER")?.data;

test("returns the same id whether objectId is a number or a string, and returns a name even for an unlisted record", () => {
  expect(idOf({ objectId: 51, objectTypeId: "0-1" })).toBe("0-1/51");
  expect(idOf({ objectId: "51", objectTypeId: "0-1" }), "an app may send a string id").toBe("0-1/51");
  expect(new Set(records.map(idOf)).size).toBe(records.length);
  for (const record of records) expect(nameOf(records, record)).toBe(record.name);
  expect(nameOf(records, { objectId: 51, objectTypeId: "0-2" }), "a record of another type").toBe("record 0-2/51");
  expect(isSameRecord({ objectId: "51", objectTypeId: "0-1" }, { objectId: 51, objectTypeId: "0-1" })).toBe(false);
});

test("lists each record once with a button for each number, and dials from the record's own page, from the help desk, and from the page of an associated record, which reloads the app", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  const cards = page.locator("#records > li");
  await expect(cards.locator("b")).toHaveText([...records.map(({ name }) => name), "Help desk"]);
  await expect(cards.locator(".trap")).toHaveCount(records.filter(({ trap }) => trap).length + 1);
  await expect(cards.first().locator(".trap")).toHaveCount(0);
  await expect(cards.locator(".picture").first()).toHaveText("AL");
  await expect(cards.getByRole("button", { name: /^Call / })).toHaveText(
    numbersOf(records).map((number) => `Call ${number}`),
  );
  await expect(page.locator("#records > [aria-current=page] b"), "the first record is open").toHaveText("Ada Lovelace");
  for (const record of records) {
    for (const phone of record.numbers) {
      const card = cards.filter({ has: page.locator("b", { hasText: record.name }) });
      await card.getByRole("button", { name: `Call ${phone.number}`, exact: true }).click();
      await expect(page.locator("#records > [aria-current=page] b")).toHaveText(record.name);
      expect(await lastDial(simulator)).toMatchObject({
        phoneNumber: phone.number,
        objectId: record.objectId,
        calleeInfo: { calleeId: record.objectId },
        toPhoneNumberSrc: phone.property,
      });
    }
  }

  await page.getByRole("button", { name: /^Help desk/ }).click();
  const desk = page.locator("#records > [aria-current=page]");
  await expect(desk.locator("b")).toHaveText("Help desk");
  await page.evaluate(() => window.hubspot.loggedIn);
  await desk.getByRole("button", { name: "Call +18005550151" }).click();
  await expect
    .poll(() => lastDial(simulator))
    .toMatchObject({ objectId: 0, threadId: 0, calleeInfo: { calleeId: 51 } });

  const company = page.locator("#records > li", { has: page.locator("b", { hasText: "Analytical Engines" }) });
  const contact = company.locator(".associated li", { hasText: "Charles Babbage" }).getByRole("button");
  await expect(contact).toBeHidden();
  await page.evaluate(() => Object.assign(window, { before: window.hubspot.ready }));
  await page.getByRole("button", { name: /^Analytical Engines/ }).click();
  await page.waitForFunction(() => Object(window).before !== window.hubspot.ready);
  await page.evaluate(() => window.hubspot.loggedIn);
  await expect(company).toHaveAttribute("aria-current", "page");
  await contact.click();
  expect(await lastDial(simulator)).toMatchObject({
    phoneNumber: "+442079460301",
    objectId: 101,
    subjectId: 101,
    objectType: "COMPANY",
    calleeInfo: { calleeId: 52, calleeObjectTypeId: "0-1" },
  });
  await simulator.press("outgoingCall", "OUTGOING_CALL_STARTED");
  expect(await simulator.engagements()).toMatchObject([{ record: { objectTypeId: "0-1", objectId: 52 } }]);

  await page.getByRole("button", { name: /^Konrad Zuse/ }).click();
  await expect(page.getByRole("dialog")).toContainText("A call is in progress");
  await page.getByRole("button", { name: "Cancel" }).click();
  await expect(company, "Cancel keeps the user on the page").toHaveAttribute("aria-current", "page");
});

test("searches by name, type, id and number, and dials a typed number from the open record's page", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  const field = page.getByRole("searchbox", { name: /Search records/ });
  const names = page.locator("#records > li:visible b");
  const searches: [query: string, names: string[]][] = [
    ["konrad", ["Konrad Zuse"]],
    ["  DEAL ", ["Engine for the observatory"]],
    ["(800) 555-0155", ["Katherine Johnson 🚀", "Dorothy Vaughan"]],
    ["+1 (800) 555-0155", ["Katherine Johnson 🚀", "Dorothy Vaughan"]],
    ["18005550155", ["Katherine Johnson 🚀", "Dorothy Vaughan"]],
    ["555 0155", ["Katherine Johnson 🚀", "Dorothy Vaughan"]],
    ["030 12345", ["Konrad Zuse"]],
    ["004930 123", ["Konrad Zuse"]],
    ["میرزاخانی", ["مریم میرزاخانی"]],
    ["7001", ["Difference Engine No. 2"]],
    ["301", ["Engine for the observatory", "Charles Babbage", "Konrad Zuse"]], // an id, and digits of two numbers
    ["nothing at all", []],
  ];
  for (const [query, expected] of searches) {
    await field.fill(query);
    await expect(names, query).toHaveText(expected);
  }
  await expect(page.getByText("No record matches.")).toBeVisible();
  await expect(page.locator("#callNumber")).toBeDisabled();

  for (const id of ["301", "700"]) {
    await field.fill(id);
    await expect(page.locator("#callNumber"), "the search by id offers no call").toBeDisabled();
  }

  const hint = page.locator("#callHint");
  await field.fill("+49 30 12345");
  await expect(hint).toBeHidden();
  await page.keyboard.press("Enter");
  await expect
    .poll(() => lastDial(simulator), { message: "the record with the number" })
    .toMatchObject({ phoneNumber: "+49 30 12345", objectId: 51, calleeInfo: { calleeId: 53 } });
  await expect(field, "the list shows all records during the call").toHaveValue("");
  await expect(names).toHaveCount(records.length + 1);
  await field.fill("+1 (800) 555-0199 x 12");
  await expect(hint).toHaveText(
    "No record has exactly this number. The simulator logs a call to it under Ada Lovelace, whose page is open.",
  );
  await page.locator("#callNumber").click();
  await expect
    .poll(() => lastDial(simulator), { message: "the open record" })
    .toMatchObject({ phoneNumber: "+1 (800) 555-0199 x 12", objectId: 51, calleeInfo: { calleeId: 51 } });
});

test("adds, edits, removes and restores records, shows added and removed records in another tab, and keeps an added record after a reload", async ({
  simulator,
  page,
  context,
}) => {
  await simulator.ready();
  const other = await context.newPage();
  await other.goto(page.url());
  await page.getByRole("button", { name: "Add" }).click();
  const form = page.getByRole("dialog", { name: "Add a record" });
  await form.getByLabel("Name").fill("<i>Annie</i> Easley");
  await form.getByLabel("Phone numbers").fill("030 98765\n+18005550160");
  await form.getByLabel("Country").selectOption("DE");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
  const card = page.locator("#records > li", { hasText: "Annie" });
  await expect(card.locator("b")).toHaveText("<i>Annie</i> Easley");
  await expect(card, "scrolls to the saved record").toBeInViewport();
  await expect(card).toHaveClass(/saved/);
  await expect(other.locator("#records > li", { hasText: "Annie" })).toHaveCount(1);

  await page.reload();
  await page.evaluate(() => window.hubspot.loggedIn);
  await card.getByRole("button", { name: "Call 030 98765" }).click();
  await expect.poll(() => lastDial(simulator)).toMatchObject({ countryCode: "DE", toPhoneNumberSrc: "phone" });
  await page.evaluate(() => window.hubspot.dial({ phoneNumber: "+18005550160", recordId: 9001 }));
  await simulator.app.locator("[name=fromNumber]").fill("+493098765");
  await simulator.press("incomingCall", "INCOMING_CALL");
  const matched = (await simulator.messages("hubspot")).findLast(({ type }) => type === "CALLER_ID_MATCH_SUCCEEDED");
  expect(matched?.data).toMatchObject({ callerIdMatches: [{ objectCoordinates: { objectId: 9001 } }] });

  await card.getByRole("button", { name: "Edit" }).click();
  const editing = page.getByRole("dialog", { name: "Edit" });
  await expect(editing.getByLabel("Type")).toBeDisabled();
  await editing.getByLabel("Name").fill("Annie E.");
  await editing.getByRole("button", { name: "Save" }).click();
  await expect(card.locator("b")).toHaveText("Annie E.");
  await card.getByRole("button", { name: "Edit" }).click();
  await editing.getByRole("button", { name: "Delete" }).click();
  const asking = page.locator("#asking");
  await expect(asking).toContainText("A call with Annie E. has not ended yet. The page of Annie E. is open.");
  await asking.getByRole("button", { name: "Cancel" }).click();
  await expect(card).toHaveCount(1);
  await expect.poll(() => new URL(page.url()).searchParams.get("record")).toBe("0-1/9001");
  await editing.getByRole("button", { name: "Delete" }).click();
  await asking.getByRole("button", { name: "Delete anyway" }).click();
  await expect(card).toHaveCount(0);
  await expect(editing).toBeHidden();
  await expect(page.locator("#records > [aria-current=page] b"), "opens the first record").toHaveText("Ada Lovelace");
  await expect.poll(() => new URL(page.url()).searchParams.get("record")).toBe(null);
  await expect(other.locator("#records > li", { hasText: "Annie" })).toHaveCount(0);

  const ada = page.locator("#records > li").first();
  await ada.getByRole("button", { name: "Edit" }).click();
  await expect(editing.getByRole("button", { name: /Delete|Restore/ }), "nothing to restore").toBeHidden();
  await editing.getByLabel("Name").fill("Ada King");
  await editing.getByRole("button", { name: "Save" }).click();
  await expect(ada.locator("b")).toHaveText("Ada King");
  await ada.getByRole("button", { name: "Edit" }).click();
  await editing.getByRole("button", { name: "Restore" }).click();
  await expect(ada.locator("b")).toHaveText("Ada Lovelace");
});

test("stores the open record in the URL, and opens it again after a reload", async ({ simulator, page }) => {
  await simulator.ready();
  const open = page.locator("#records > [aria-current=page] b");
  expect(new URL(page.url()).searchParams.get("record"), "the first record is the default").toBe(null);
  for (const [name, value] of [
    ["Konrad Zuse", "0-1/53"],
    ["Help desk", "none"],
  ] as const) {
    await page.locator(".recordHead", { hasText: name }).click();
    await expect.poll(() => new URL(page.url()).searchParams.get("record")).toBe(value);
    await page.reload();
    await expect(open).toContainText(name);
  }
  await page.locator("#records > li").first().locator(".recordHead").click();
  await expect.poll(() => new URL(page.url()).searchParams.get("record")).toBe(null);
});

test("rejects a record's phone number without digits, and says why a record could not be stored and keeps the form open", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await page.getByRole("button", { name: "Add", exact: true }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Someone");
  await form.getByLabel("Phone numbers").fill("+18005550160\nabc");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("status")).toContainText("“abc” is not a phone number");
  await expect(form.getByLabel("Phone numbers")).toBeFocused();
  await form.getByLabel("Phone numbers").fill("+18005550160");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form).toBeHidden();
  await expect(page.getByRole("button", { name: "Call +18005550160" })).toBeVisible();

  await page.evaluate(() => {
    Storage.prototype.setItem = () => {
      throw new DOMException("The quota is exceeded.", "QuotaExceededError");
    };
  });
  await page.getByRole("button", { name: "Add", exact: true }).click();
  await form.getByLabel("Name").fill("Annie Easley");
  await form.getByRole("button", { name: "Save" }).click();
  await expect(form.getByRole("status")).toContainText(/did not store the change \(QuotaExceededError/);
  await form.getByRole("button", { name: "Cancel" }).click();
  await expect(page.locator("#records > li", { hasText: "Annie" })).toHaveCount(0);
});

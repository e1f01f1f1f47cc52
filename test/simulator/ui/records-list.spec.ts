// The list of CRM records: names, Call buttons and the current record.
import esbuild from "esbuild";
import { records } from "../../../src/simulator/session/crm-records.ts";
import { idOf, nameOf } from "../../../src/simulator/ui/records-list.ts";
import { expect, test } from "../../support/host.ts";

test("returns one id for numeric and string ids, and a name even for an unlisted record", () => {
  expect(idOf({ objectId: 51, objectTypeId: "0-1" })).toBe("0-1/51");
  expect(idOf({ objectId: "51", objectTypeId: "0-1" }), "an app may send this id").toBe("0-1/51");
  expect(new Set(records.map(idOf)).size).toBe(records.length);
  for (const record of records) expect(nameOf(record)).toBe(record.name);
  expect(nameOf({ objectId: 51, objectTypeId: "0-2" }), "another type").toBe("record 0-2/51");
  expect(nameOf({ objectId: 9, objectTypeId: "0-1" })).toBe("record 0-1/9");
});

test("lists each record once with a button for each number, and marks the current record", async ({ page }) => {
  const entry = { contents: 'window.records = require("./src/simulator/ui/records-list.ts")', resolveDir: "." };
  const { outputFiles } = await esbuild.build({ stdin: entry, bundle: true, write: false });
  await page.setContent("<ul id=records></ul>");
  await page.addScriptTag({ content: outputFiles[0]?.text ?? "" });
  await page.evaluate(`
    dialled = [];
    listeners = [];
    const session = { settings: { iframeLocation: "widget" }, on: (_type, listener) => listeners.push(listener) };
    const calling = { press: ({ name }, { number, property }) => dialled.push([name, property, number]) };
    const address = new URL("http://127.0.0.1/");
    for (let times = 0; times < 2; times++) records.createRecordsList(address, session, calling, {});`);
  const cards = page.locator("#records > li");
  await expect(cards.locator("b")).toHaveText(records.map(({ name }) => name));
  const about = records.map(
    ({ objectType, objectTypeId, objectId }) =>
      `${objectType?.toLowerCase() ?? "custom object"} ${objectTypeId} · ${objectId}`,
  );
  await expect(cards.locator(".recordHead > small:not(.trap)")).toHaveText(about);
  await expect(cards.locator(".picture")).toHaveText(["AL", "AE", "DE", "TW", "CB", "KZ"]);
  await expect(cards.locator(".trap")).toHaveText(records.flatMap(({ trap }) => trap ?? []));
  await expect(cards.first().locator(".trap")).toHaveCount(0);

  const all = records.flatMap(({ name, numbers }) => numbers.map(({ property, number }) => [name, property, number]));
  await expect(cards.getByRole("button")).toHaveText(all.map(([, , number]) => `Call ${number}`));
  await expect(cards.locator("li > small")).toHaveText(all.map(([, property]) => `${property}`));
  for (const button of await cards.getByRole("button").all()) await button.click();
  expect(await page.evaluate("dialled")).toEqual(all);

  const marked = page.locator("#records > [aria-current=page]");
  const markOn = (record: object) =>
    page.evaluate(`listeners[0]({ record: ${JSON.stringify(record)}, newTab: false })`);
  await markOn({ objectId: 0, objectTypeId: "0-5" });
  await expect(marked.locator("b")).toHaveText(["Ticket without a contact"]);
  await markOn({ objectId: "52", objectTypeId: "0-1" });
  await expect(marked.locator("b")).toHaveText(["Charles Babbage"]);
  await markOn({ objectId: 52, objectTypeId: "0-2" });
  await expect(marked).toHaveCount(0);
});

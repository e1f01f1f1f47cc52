import { callFilter, matcherOf } from "../../../../src/simulator/ui/messages/message-filter.ts";
import { expect, test } from "../../../support/simulator.ts";

const record = { at: 0, since: 0, times: 1, json: "" };
const records = [
  { ...record, from: "hubspot" as const, type: "END_CALL", sdkName: "onEndCall" },
  { ...record, from: "app" as const, type: "CALL_ENDED", sdkName: "callEnded", json: '{"callEndStatus":"MISSED"}' },
  { ...record, from: "app" as const, type: "ERROR", json: '{"message":"ratio 1:2 of call_ended"}' },
  { ...record, type: "DROPPED", note: "from another window" },
];
const cases: Record<string, string[]> = {
  "": ["END_CALL", "CALL_ENDED", "ERROR", "DROPPED"],
  "type:CALL_ENDED": ["CALL_ENDED"],
  "from:app": ["CALL_ENDED", "ERROR"],
  "FROM:App type:err": ["ERROR"],
  "from:hubspot": ["END_CALL"],
  "from:note": ["DROPPED"],
  "from:app missed": ["CALL_ENDED"],
  "another window": ["DROPPED"],
  "window another": [],
  "ratio 1:2": ["ERROR"],
  "constructor:x": [],
  "type:": [],
};
const callNames = { name: "Ada Lovelace", number: "+18005550151", ids: ["1001", "call-b"] };
const namesOf = ({ type }: { type: string }) => (/^(END_CALL|CALL_ENDED)$/.test(type) ? callNames : undefined);
for (const query of [
  "call:ada",
  'call:"Ada Love"',
  "call:5550151",
  "call:1001",
  "CALL:Call-B",
  'type:"call" call:Ada',
]) {
  test(`matches the call's messages with the filter "${query}"`, () => {
    expect(records.filter(matcherOf(query, namesOf)).map(({ type }) => type)).toEqual(["END_CALL", "CALL_ENDED"]);
  });
}
for (const query of ["call:100", "call:charles", 'call:"ada  lovelace"']) {
  test(`matches no message with the filter "${query}"`, () => {
    expect(records.filter(matcherOf(query, namesOf))).toEqual([]);
  });
}
test("shows only one call by its id, or by its number if it has no id", () => {
  expect(callFilter(callNames)).toBe("call:1001");
  expect(callFilter({ ...callNames, ids: [] })).toBe("call:+18005550151");
  expect(callFilter({ ...callNames, ids: ["a b"] })).toBe('call:"a b"');
  expect(callFilter({ ...callNames, ids: ['a"b'] }), "a filter cannot contain quotes").toBe("call:+18005550151");
  expect(callFilter({ name: "unknown number", number: "", ids: [] })).toBe('call:"unknown number"');
});

for (const [query, types] of Object.entries(cases)) {
  test(`matches ${types.join(", ") || "no message"} with the filter "${query}"`, () => {
    expect(records.filter(matcherOf(query)).map(({ type }) => type)).toEqual(types);
  });
}

test("applies the filter to the list, and names the log and diagram files after the app and the time", async ({
  simulator,
  page,
}) => {
  await simulator.ready();
  await simulator.press("userAvailable", "USER_AVAILABLE");
  await page.locator("#filter").fill("from:app type:user_available");
  await expect(page.locator("#log > *")).toHaveCount(1);
  await expect(page.locator("#log > *")).toHaveAttribute("data-type", "USER_AVAILABLE");
  const note = page.locator("#filteredOut");
  await expect(note).toBeHidden();
  await page.locator("#filter").fill("no such message");
  await expect(note).toHaveText(/^The filter hides \d+ messages\. Clear the filter$/);
  await note.getByRole("button").click();
  await expect(note).toBeHidden();
  await expect(page.locator("#filter")).toHaveValue("");
  await page.locator("#filter").fill("from:app type:user_available");
  await expect(page.locator("#log > *")).toHaveCount(1);
  const [download] = await Promise.all([page.waitForEvent("download"), page.locator("#download").click()]);
  expect(download.suggestedFilename()).toMatch(/^calling-log-calling-app-\d{4}-\d\d-\d\d-\d{6}\.jsonl$/);
  await page.getByText("Diagram", { exact: true }).click();
  const [svg] = await Promise.all([page.waitForEvent("download"), page.locator("#saveSvg").click()]);
  expect(svg.suggestedFilename()).toMatch(/^calling-sequence-calling-app-[\d-]+\.svg$/);
});

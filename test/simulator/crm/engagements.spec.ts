import { expect, test } from "@playwright/test";
import type { Engagement } from "../../../src/simulator/calls/engagement.ts";
import { createEngagements } from "../../../src/simulator/crm/engagements.ts";

function open(stored = new Map<string, string>()) {
  const changes: (Engagement | undefined)[] = [];
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
  const engagements = createEngagements(storage, (engagement) => changes.push(engagement));
  return { ...engagements, stored, changes, only: () => engagements.all()[0] };
}

test("creates an engagement with the call's fields, and reports the change", () => {
  const { create, all, changes } = open();
  const before = Date.now();
  const engagementId = create("a", "INBOUND", { hs_call_direction: "INBOUND" });
  expect(all()).toEqual([
    {
      engagementId,
      externalCallId: "a",
      direction: "INBOUND",
      state: "created",
      properties: { hs_call_direction: "INBOUND" },
      createdAt: expect.any(Number),
      answered: false,
      ghost: false,
      duplicate: false,
    },
  ]);
  expect(engagementId).toBeGreaterThanOrEqual(before);
  expect(changes).toEqual(all());
});

test("creates ids that are unique across two tabs, even if 100 calls start at almost the same time", () => {
  const { create, stored } = open();
  const other = open(stored);
  const ids = Array.from({ length: 100 }, (_, index) =>
    (index % 2 ? create : other.create)(`${index}`, "OUTBOUND", {}),
  );
  expect(new Set(ids).size).toBe(100);
  expect(ids.every(Number.isSafeInteger)).toBe(true);
});

test("marks only the second engagement of a call as a duplicate", () => {
  const { create, all } = open();
  for (const externalCallId of ["a", "b", "a"]) create(externalCallId, "OUTBOUND", {});
  expect(all().map(({ duplicate }) => duplicate)).toEqual([false, false, true]);
});

test("does not return to an earlier state, but can be answered late", () => {
  const { create, advance, only } = open();
  const engagementId = create("a", "OUTBOUND", {});
  const seen = (["created", "ended", "answered", "completed", "ended"] as const).map((state) => {
    advance(engagementId, state);
    return [only()?.state, only()?.answered];
  });
  expect(seen).toEqual([
    ["created", false],
    ["ended", false],
    ["ended", true],
    ["completed", true],
    ["completed", true],
  ]);
});

test("merges properties as strings, and keeps the old value if the new value is undefined", () => {
  const { create, merge, only } = open();
  const engagementId = create("a", "OUTBOUND", { hs_call_title: "Old", hs_call_body: "Notes" });
  merge(engagementId, { hs_call_title: "New", hs_call_body: undefined, hs_timestamp: 5, flag: true, list: { a: [1] } });
  const expected = { hs_call_title: "New", hs_call_body: "Notes", hs_timestamp: "5", flag: "true", list: '{"a":[1]}' };
  expect(only()?.properties).toEqual(expected);
  merge(engagementId, { hs_call_body: "" });
  expect(only()?.properties).toEqual({ ...expected, hs_call_body: "" });
});

test("merges properties only into the engagement with the given id", () => {
  const { create, merge, all } = open();
  create("a", "OUTBOUND", {});
  merge(create("b", "OUTBOUND", {}), { hs_call_title: "B" });
  create("c", "OUTBOUND", {});
  expect(all().map(({ properties }) => properties)).toEqual([{}, { hs_call_title: "B" }, {}]);
});

test("reports no change for an unknown id or equal values", () => {
  const { create, merge, advance, markGhosts, all, changes } = open();
  const engagementId = create("a", "OUTBOUND", { hs_call_title: "Kept" });
  const before = all();
  for (const id of [0, -1, Number.NaN, engagementId + 1]) {
    advance(id, "ended");
    merge(id, { hs_call_title: "Lost" });
  }
  advance(engagementId, "created");
  merge(engagementId, { hs_call_title: "Kept", hs_call_body: null });
  markGhosts([engagementId]);
  expect(all()).toEqual(before);
  expect(changes).toHaveLength(1);
});

test("ignores properties whose value is null, undefined or NaN", () => {
  const { create, merge, only } = open();
  const missing = { hs_call_title: null, hs_call_body: undefined, hs_timestamp: Number.NaN };
  const engagementId = create("", "OUTBOUND", missing);
  expect(only()?.properties).toEqual({});
  merge(engagementId, { hs_call_title: "Kept" });
  merge(engagementId, missing);
  expect(only()?.properties).toEqual({ hs_call_title: "Kept" });
});

test("does not mark calls without an externalCallId as duplicates", () => {
  const { create, all } = open();
  create("", "OUTBOUND", {});
  create("", "OUTBOUND", {});
  expect(all().map(({ duplicate }) => duplicate)).toEqual([false, false]);
});

test("stores unusual values as strings, and ignores properties named __proto__, constructor or prototype", () => {
  const { create, merge, only } = open();
  const cycle: { self?: unknown } = {};
  cycle.self = cycle;
  const engagementId = create("__proto__", "OUTBOUND", JSON.parse('{"__proto__": "x"}'));
  merge(engagementId, {
    cycle,
    unprintable: { toString: 1 },
    big: 1n,
    none: null,
    ...JSON.parse('{"__proto__": "y", "constructor": "y", "prototype": "y"}'),
  });
  merge(engagementId, []);
  expect(only()?.properties).toEqual({
    cycle: "[object Object]",
    unprintable: '{"toString":1}',
    big: "1",
  });
});

test("marks ended calls as ghosts until they are completed", () => {
  const { create, advance, markGhosts, all, changes } = open();
  const engagementIds = (["created", "answered", "ended", "completed"] as const).map((state) => {
    const engagementId = create(state, "OUTBOUND", {});
    advance(engagementId, state);
    return engagementId;
  });
  advance(create("another tab's", "OUTBOUND", {}), "ended");
  markGhosts(engagementIds);
  expect(
    all()
      .filter(({ ghost }) => ghost)
      .map(({ externalCallId }) => externalCallId),
  ).toEqual(["ended"]);
  const before = changes.length;
  markGhosts(engagementIds);
  expect(changes).toHaveLength(before);
  for (const engagementId of engagementIds) advance(engagementId, "completed");
  expect(all().filter(({ ghost }) => ghost)).toEqual([]);
});

test("does not change a list that it returned earlier", () => {
  const { create, all, stored } = open();
  const engagementId = create("a", "OUTBOUND", {});
  const before = all();
  open(stored).advance(engagementId, "ended");
  expect(before.map(({ state }) => state)).toEqual(["created"]);
  expect(all().map(({ state }) => state)).toEqual(["ended"]);
});

test("keeps the last 1,000 calls", () => {
  const { create, all, clear } = open();
  for (let count = 0; count < 1003; count++) create(`${count}`, "OUTBOUND", {});
  expect(all()).toHaveLength(1000);
  expect([all()[0], all().at(-1)].map((engagement) => engagement?.externalCallId)).toEqual(["3", "1002"]);
  clear();
  expect(all()).toEqual([]);
});

test("shares the timeline with other pages that use the same storage", () => {
  const { create, all, stored } = open();
  create("a", "OUTBOUND", { hs_call_title: "Kept" });
  expect(open(stored).all()).toEqual(all());
});

for (const text of ["", "{", "null", "{}", "[null]", '[{"engagementId":"1"}]', "7", '"[]"', "__proto__"]) {
  test(`ignores the stored text ${JSON.stringify(text)}, which is not a timeline`, () => {
    const { all, create, merge, advance, markGhosts } = open(new Map([["engagements", text]]));
    expect(all()).toEqual([]);
    merge(1, {});
    advance(1, "ended");
    markGhosts([1]);
    create("a", "OUTBOUND", {});
    expect(all()).toHaveLength(1);
  });
}

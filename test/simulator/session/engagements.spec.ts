import { expect, test } from "@playwright/test";
import type { Engagement } from "../../../src/simulator/calls/engagement.ts";
import { createEngagements } from "../../../src/simulator/session/engagements.ts";

/** A timeline in a storage of its own, or in one that another timeline has. */
function open(stored = new Map<string, string>()) {
  const changes: (Engagement | undefined)[] = [];
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
  const engagements = createEngagements(storage, (one) => changes.push(one));
  return { ...engagements, stored, changes, only: () => engagements.all()[0] };
}

test("a new engagement has what the call has, and the page is told", () => {
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

test("no two engagements have one id, however fast they come, from whichever tab", () => {
  const { create, stored } = open();
  const other = open(stored);
  const ids = Array.from({ length: 100 }, (_, index) =>
    (index % 2 ? create : other.create)(`${index}`, "OUTBOUND", {}),
  );
  expect(new Set(ids).size).toBe(100);
  expect(ids.every(Number.isSafeInteger)).toBe(true);
});

test("the second engagement of a call is a duplicate, the first is not, nor is another call's", () => {
  const { create, all } = open();
  for (const externalCallId of ["a", "b", "a"]) create(externalCallId, "OUTBOUND", {});
  expect(all().map(({ duplicate }) => duplicate)).toEqual([false, false, true]);
});

test("a call goes through its states, and never back; that it was answered may be said late", () => {
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

test("merged properties replace those of the same name, and are text; what is undefined stays as it was", () => {
  const { create, merge, only } = open();
  const engagementId = create("a", "OUTBOUND", { hs_call_title: "Old", hs_call_body: "Notes" });
  merge(engagementId, { hs_call_title: "New", hs_call_body: undefined, hs_timestamp: 5, flag: true, list: { a: [1] } });
  const expected = { hs_call_title: "New", hs_call_body: "Notes", hs_timestamp: "5", flag: "true", list: '{"a":[1]}' };
  expect(only()?.properties).toEqual(expected);
  merge(engagementId, { hs_call_body: "" });
  expect(only()?.properties).toEqual({ ...expected, hs_call_body: "" });
});

test("properties merge into the engagement of that id alone", () => {
  const { create, merge, all } = open();
  create("a", "OUTBOUND", {});
  merge(create("b", "OUTBOUND", {}), { hs_call_title: "B" });
  create("c", "OUTBOUND", {});
  expect(all().map(({ properties }) => properties)).toEqual([{}, { hs_call_title: "B" }, {}]);
});

test("an id that no engagement has, and what changes nothing, change nothing, and nobody is told", () => {
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

test("what is no value is not stored as a word", () => {
  const { create, merge, only } = open();
  const none = { hs_call_title: null, hs_call_body: undefined, hs_timestamp: Number.NaN };
  const engagementId = create("", "OUTBOUND", none);
  expect(only()?.properties).toEqual({});
  merge(engagementId, { hs_call_title: "Kept" });
  merge(engagementId, none);
  expect(only()?.properties).toEqual({ hs_call_title: "Kept" });
});

test("calls without an id of the app's are no duplicates of each other", () => {
  const { create, all } = open();
  create("", "OUTBOUND", {});
  create("", "OUTBOUND", {});
  expect(all().map(({ duplicate }) => duplicate)).toEqual([false, false]);
});

test("odd properties do no harm", () => {
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

test("giving up makes ghosts of those that ended and were not completed, once; one that is completed after all is none", () => {
  const { create, advance, markGhosts, all, changes } = open();
  const given = (["created", "answered", "ended", "completed"] as const).map((state) => {
    const engagementId = create(state, "OUTBOUND", {});
    advance(engagementId, state);
    return engagementId;
  });
  advance(create("another tab's", "OUTBOUND", {}), "ended");
  markGhosts(given);
  expect(
    all()
      .filter(({ ghost }) => ghost)
      .map(({ externalCallId }) => externalCallId),
  ).toEqual(["ended"]);
  const before = changes.length;
  markGhosts(given);
  expect(changes).toHaveLength(before);
  for (const engagementId of given) advance(engagementId, "completed");
  expect(all().filter(({ ghost }) => ghost)).toEqual([]);
});

test("what one page reads, another has not changed under its hands", () => {
  const { create, all, stored } = open();
  const engagementId = create("a", "OUTBOUND", {});
  const before = all();
  open(stored).advance(engagementId, "ended");
  expect(before.map(({ state }) => state)).toEqual(["created"]);
  expect(all().map(({ state }) => state)).toEqual(["ended"]);
});

test("the last 200 calls are kept", () => {
  const { create, all, clear } = open();
  for (let count = 0; count < 203; count++) create(`${count}`, "OUTBOUND", {});
  expect(all()).toHaveLength(200);
  expect([all()[0], all().at(-1)].map((one) => one?.externalCallId)).toEqual(["3", "202"]);
  clear();
  expect(all()).toEqual([]);
});

test("another page on the same storage has the same timeline", () => {
  const { create, all, stored } = open();
  create("a", "OUTBOUND", { hs_call_title: "Kept" });
  expect(open(stored).all()).toEqual(all());
});

for (const text of ["", "{", "null", "{}", "[null]", '[{"engagementId":"1"}]', "7", '"[]"', "__proto__"]) {
  test(`stored text that is no timeline is let go: ${text}`, () => {
    const { all, create, merge, advance, markGhosts } = open(new Map([["engagements", text]]));
    expect(all()).toEqual([]);
    merge(1, {});
    advance(1, "ended");
    markGhosts([1]);
    create("a", "OUTBOUND", {});
    expect(all()).toHaveLength(1);
  });
}

import { expect, test } from "@playwright/test";
import { type Engagement, openEngagements } from "../../../src/hubspot/session/engagements.ts";

/** A timeline in a storage of its own, or in one that another timeline has. */
function open(stored = new Map<string, string>()) {
  const changes: (Engagement | undefined)[] = [];
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem: (key: string, value: string) => void stored.set(key, value),
  };
  const engagements = openEngagements(storage, (one) => changes.push(one));
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

test("a call goes through its states, and never back", () => {
  const { create, advance, only } = open();
  create("a", "OUTBOUND", {});
  const seen = (["answered", "created", "ended", "answered", "completed", "ended"] as const).map((state) => {
    advance("a", state);
    return only()?.state;
  });
  expect(seen).toEqual(["answered", "answered", "ended", "ended", "completed", "completed"]);
});

test("of a call with two engagements, the last goes on", () => {
  const { create, advance, all } = open();
  create("a", "OUTBOUND", {});
  create("a", "OUTBOUND", {});
  advance("a", "answered");
  expect(all().map(({ state }) => state)).toEqual(["created", "answered"]);
});

test("merged properties replace those of the same name, and are text; what is undefined stays as it was", () => {
  const { create, merge, only } = open();
  const engagementId = create("a", "OUTBOUND", { hs_call_title: "Old", hs_call_body: "Notes" });
  merge(engagementId, { hs_call_title: "New", hs_call_body: undefined, hs_timestamp: 5, flag: true, list: { a: [1] } });
  const expected = { hs_call_title: "New", hs_call_body: "Notes", hs_timestamp: "5", flag: "true", list: '{"a":[1]}' };
  expect(only()?.properties).toEqual(expected);
  merge(`${engagementId}`, { hs_call_body: "" });
  expect(only()?.properties).toEqual({ ...expected, hs_call_body: "" });
});

test("properties merge into the engagement of that id alone", () => {
  const { create, merge, all } = open();
  create("a", "OUTBOUND", {});
  merge(create("b", "OUTBOUND", {}), { hs_call_title: "B" });
  create("c", "OUTBOUND", {});
  expect(all().map(({ properties }) => properties)).toEqual([{}, { hs_call_title: "B" }, {}]);
});

test("ids that no engagement has change nothing, and nobody is told", () => {
  const { create, merge, advance, all, changes } = open();
  create("a", "OUTBOUND", {});
  const before = all();
  const odd: unknown[] = ["b", "", 0, -1, Number.NaN, null, undefined, 1n, {}, [], ["a"], "__proto__", { toString: 1 }];
  for (const id of odd) {
    advance(id, "ended");
    merge(id, { hs_call_title: "Lost" });
  }
  expect(all()).toEqual(before);
  expect(changes).toHaveLength(1);
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
    ...JSON.parse('{"__proto__": "y"}'),
  });
  merge(engagementId, []);
  expect(only()?.properties).toEqual({
    cycle: "[object Object]",
    unprintable: '{"toString":1}',
    big: "1",
    none: "null",
  });
});

test("giving up makes ghosts of the calls that ended and were not completed, once", () => {
  const { create, advance, giveUp, all, changes } = open();
  for (const state of ["created", "answered", "ended", "completed"] as const) {
    create(state, "OUTBOUND", {});
    advance(state, state);
  }
  giveUp();
  expect(
    all()
      .filter(({ ghost }) => ghost)
      .map(({ externalCallId }) => externalCallId),
  ).toEqual(["ended"]);
  const before = changes.length;
  giveUp();
  expect(changes).toHaveLength(before);
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
    const { all, create, merge, advance, giveUp } = open(new Map([["engagements", text]]));
    expect(all()).toEqual([]);
    merge(1, {});
    advance("a", "ended");
    giveUp();
    create("a", "OUTBOUND", {});
    expect(all()).toHaveLength(1);
  });
}

// Two tabs in different processes: each sees the other tab's writes late, and can overwrite them.
import { expect, test } from "@playwright/test";
import { createEngagements } from "../../../src/simulator/crm/engagements.ts";

/** Opens two tabs. Each sees the other's writes only after `sync`. The last write to a key wins, as in a browser. */
function openTabs() {
  const storages = [new Map<string, string>(), new Map<string, string>()] as const;
  const writes: [key: string, value: string][] = [];
  const open = (stored: Map<string, string>) =>
    createEngagements(
      {
        getItem: (key) => stored.get(key) ?? null,
        setItem(key, value) {
          stored.set(key, value);
          writes.push([key, value]);
        },
      },
      () => {},
    );
  const sync = (): void => {
    for (const [key, value] of writes.splice(0)) for (const stored of storages) stored.set(key, value);
  };
  const first = open(storages[0]);
  sync();
  const second = open(storages[1]);
  sync();
  const names = (tab: typeof first) => tab.all().map(({ externalCallId }) => externalCallId);
  /** Creates one call in each tab, one tab after the other. */
  const start = (): void => {
    first.create("at the start", "OUTBOUND", {});
    sync();
    second.advance(second.create("also at the start", "OUTBOUND", {}), "completed");
    sync();
  };
  return { first, second, sync, names, start };
}

test("restores a call that another tab has overwritten, without creating a second call with the same id", () => {
  const { first, second, sync, names, start } = openTabs();
  start();
  for (let count = 0; count < 20; count++) {
    first.create(`first ${count}`, "OUTBOUND", {});
    second.create(`second ${count}`, "OUTBOUND", {});
    if (count % 3 === 0) sync();
  }
  sync();
  expect(names(first)).toHaveLength(42);
  sync();
  expect(names(second).toSorted()).toEqual(names(first).toSorted());
  expect(new Set(first.all().map(({ engagementId }) => engagementId)).size).toBe(42);
});

test("restores the calls of a batch that another tab's batch has overwritten", () => {
  const { first, second, sync, names, start } = openTabs();
  start();
  for (let round = 0; round < 3; round++) {
    for (const tab of [first, second]) {
      tab.batch(() => {
        for (let count = 0; count < 5; count++) tab.advance(tab.create(`call ${count}`, "OUTBOUND", {}), "completed");
      });
    }
    sync();
  }
  expect(names(first)).toHaveLength(32);
  sync();
  expect(second.all()).toEqual(first.all());
  expect(new Set(first.all().map(({ engagementId }) => engagementId)).size).toBe(32);
  expect(first.all().filter(({ state }) => state === "completed")).toHaveLength(31);
});

test("keeps a call's newest state and properties if another tab writes an older version", () => {
  const { first, second, sync, start } = openTabs();
  start();
  const id = first.create("a", "OUTBOUND", {});
  first.advance(id, "answered");
  sync();
  second.all();
  first.advance(id, "completed");
  first.merge(id, { hs_call_body: "Notes" });
  second.create("b", "OUTBOUND", {});
  sync();
  const saved = { state: "completed", properties: { hs_call_body: "Notes" } };
  expect(first.all().find(({ engagementId }) => engagementId === id)).toMatchObject(saved);
  sync();
  expect(second.all().find(({ engagementId }) => engagementId === id)).toMatchObject(saved);
});

test("accepts another tab's change to one of this tab's calls, and does not restore cleared calls", () => {
  const { first, second, sync, names, start } = openTabs();
  start();
  const id = first.create("a", "OUTBOUND", {});
  sync();
  second.advance(id, "ended");
  sync();
  expect(first.all().at(-1)).toMatchObject({ state: "ended" });
  second.clear();
  sync();
  expect(names(first)).toEqual([]);
  first.create("new", "OUTBOUND", {});
  expect(names(first)).toEqual(["new"]);
  sync();
  second.create("meanwhile", "OUTBOUND", {});
  first.clear();
  first.create("newest", "OUTBOUND", {});
  sync();
  expect(names(second).toSorted()).toEqual(["meanwhile", "newest"]);
});

test("does not restore calls that were dropped because there are more than 1,000", () => {
  const { first, second, sync, names, start } = openTabs();
  start();
  first.create("old", "OUTBOUND", {});
  sync();
  const now = Date.now() + 1000;
  const { now: realNow } = Date;
  Date.now = () => now;
  for (let count = 0; count < 1000; count++) second.create(`${count}`, "OUTBOUND", {});
  Date.now = realNow;
  sync();
  expect(names(first)).toHaveLength(1000);
  expect(names(first)).not.toContain("old");
});

test("does not restore this tab's removed call if another tab writes without having seen the call", () => {
  const { first, second, sync, names, start } = openTabs();
  start();
  const id = first.create("removed", "OUTBOUND", {});
  first.create("kept", "OUTBOUND", {});
  first.remove(new Set([id]));
  second.create("meanwhile", "OUTBOUND", {});
  sync();
  for (const tab of [first, second]) {
    expect(names(tab).toSorted()).toEqual(["also at the start", "at the start", "kept", "meanwhile"]);
    sync();
  }
});

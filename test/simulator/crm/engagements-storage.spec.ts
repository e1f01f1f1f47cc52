// The timeline when the storage is full, and changes from the API.
import { expect, test } from "@playwright/test";
import { createEngagements } from "../../../src/simulator/crm/engagements.ts";

/** Opens a timeline in storage that `fill` limits to its current size. */
function openTimeline() {
  const stored = new Map<string, string>();
  const limit = { characters: Number.POSITIVE_INFINITY };
  let writes = 0;
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, value: string): void {
      if (value.length > limit.characters) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      stored.set(key, value);
      writes += 1;
    },
  };
  const engagements = createEngagements(storage, () => {});
  return {
    ...engagements,
    fill(): void {
      limit.characters = [...stored.values()].join("").length;
    },
    /** Returns the number of writes to the storage since the last call. */
    takeWrites(): number {
      const count = writes;
      writes = 0;
      return count;
    },
    /** Opens the same storage, as a reload of the page does. */
    reopen: () => createEngagements(storage, () => {}),
    names: () => engagements.all().map(({ externalCallId }) => externalCallId),
  };
}

test("keeps the newer half of the timeline when the storage is full", () => {
  const { create, fill, names } = openTimeline();
  for (let count = 0; count < 10; count++) create(`call ${count}`, "OUTBOUND", {});
  fill();
  create("the newest", "OUTBOUND", {});
  expect(names()).toEqual(["call 6", "call 7", "call 8", "call 9", "the newest"]);
});

test("keeps each new call and its state even if the storage is full", () => {
  const { create, advance, fill, names, all } = openTimeline();
  for (let count = 0; count < 10; count++) create(`call ${count}`, "OUTBOUND", {});
  fill();
  for (let count = 10; count < 40; count++) {
    advance(create(`call ${count}`, "OUTBOUND", {}), "answered");
    expect(names().at(-1)).toBe(`call ${count}`);
    expect(all().at(-1)?.state).toBe("answered");
  }
});

test("stores the changes of a batch with one write, even if an error ends the batch", () => {
  const { create, advance, remove, batch, all, names, takeWrites, reopen } = openTimeline();
  const first = create("first", "OUTBOUND", {});
  takeWrites();
  const failingBatch = () =>
    batch(() => {
      for (let count = 0; count < 3; count++) advance(create(`call ${count}`, "OUTBOUND", {}), "answered");
      batch(() => remove(new Set([first])));
      expect(names()).toEqual(["call 0", "call 1", "call 2"]);
      expect(takeWrites()).toBe(0);
      throw new Error("in the batch");
    });
  expect(failingBatch).toThrow("in the batch");
  expect(takeWrites()).toBe(1);
  expect(reopen().all()).toEqual(all());
  expect(all().map(({ externalCallId, state }) => `${externalCallId} ${state}`)).toEqual([
    "call 0 answered",
    "call 1 answered",
    "call 2 answered",
  ]);
  takeWrites();
  batch(() => {});
  expect(takeWrites(), "nothing has changed").toBe(0);
});

test("applies property changes from the API, but does not change the call's state", () => {
  const { create, advance, markGhosts, take, all } = openTimeline();
  create("a", "OUTBOUND", {});
  const engagementId = create("a", "OUTBOUND", { hs_call_title: "Old" });
  advance(engagementId, "answered");
  advance(engagementId, "ended");
  markGhosts([engagementId]);
  const before = all().at(-1);
  expect(before).toMatchObject({ state: "ended", answered: true, ghost: true, duplicate: true });
  const call = { engagementId, externalCallId: "a", direction: "OUTBOUND", createdAt: 1, updatedAt: 2 } as const;
  take({ ...call, state: "created", properties: { hs_call_title: "New" } });
  expect(all()).toHaveLength(2);
  expect(all().at(-1)).toEqual({ ...before, properties: { hs_call_title: "New" } });
});

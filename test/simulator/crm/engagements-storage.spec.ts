// The timeline when the storage is full, and changes from the API.
import { expect, test } from "@playwright/test";
import { createEngagements } from "../../../src/simulator/crm/engagements.ts";

/** Opens a timeline in storage that `fill` limits to its current size. */
function openTimeline() {
  const stored = new Map<string, string>();
  const limit = { characters: Number.POSITIVE_INFINITY };
  const storage = {
    getItem: (key: string) => stored.get(key) ?? null,
    setItem(key: string, value: string): void {
      if (value.length > limit.characters) throw new DOMException("The quota has been exceeded.", "QuotaExceededError");
      stored.set(key, value);
    },
  };
  const engagements = createEngagements(storage, () => {});
  return {
    ...engagements,
    fill(): void {
      limit.characters = [...stored.values()].join("").length;
    },
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

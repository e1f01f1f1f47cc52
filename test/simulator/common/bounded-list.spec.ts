import { expect, test } from "@playwright/test";
import { createBoundedList } from "../../../src/simulator/common/bounded-list.ts";
import { createMessageList } from "../../../src/simulator/session/message-log.ts";

function createFilledList(sizes: number[]) {
  const list = createBoundedList<{ size: number }>({ maxCount: 3, maxCharacters: 100 }, ({ size }) => size);
  const dropped = sizes.map((size) => list.add({ size }));
  return { ...list, dropped, sizes: () => list.items.map(({ size }) => size) };
}

const cases: [what: string, added: number[], kept: number[], dropped: number[]][] = [
  ["drops the oldest items if there are too many", [1, 2, 3, 4, 5], [3, 4, 5], [0, 0, 0, 1, 1]],
  [
    "drops the oldest items if the items together have too many characters",
    [60, 30, 30, 40],
    [30, 30, 40],
    [0, 0, 1, 0],
  ],
  ["drops several items to make room for a large item", [30, 30, 30, 90], [90], [0, 0, 0, 3]],
  ["keeps the newest item regardless of its size", [5, 1000], [1000], [0, 1]],
  ["drops an item of infinite size when the next item arrives", [Number.POSITIVE_INFINITY, 5, 6], [5, 6], [0, 1, 0]],
];
for (const [what, added, kept, dropped] of cases) {
  test(what, () => {
    const list = createFilledList(added);
    expect(list.sizes()).toEqual(kept);
    expect(list.dropped).toEqual(dropped);
  });
}

test("no longer counts the characters of items that were taken or cleared", () => {
  const list = createFilledList([90]);
  expect(list.take(({ size }) => size === 1)).toBeUndefined();
  expect(list.take(({ size }) => size === 90)).toEqual({ size: 90 });
  list.add({ size: 80 });
  list.clear();
  list.add({ size: 70 });
  expect(list.add({ size: 30 })).toBe(0);
  expect(list.sizes()).toEqual([70, 30]);
});

test("keeps at most 64 million characters of messages", () => {
  const list = createMessageList();
  for (let at = 0; at < 700; at++) list.add({ at, from: "app", type: "ERROR", data: { message: "x".repeat(99_000) } });
  expect(list.items.length).toBeGreaterThan(640);
  expect(list.items.length).toBeLessThan(648);
  expect(list.items.at(-1)?.at).toBe(699);
});

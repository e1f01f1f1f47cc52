import { expect, test } from "@playwright/test";
import { Inbox } from "../../../src/simulator/session/inbox.ts";

const maxPerFrame = 10;

/** Creates an inbox in the middle of a burst. The clock advances only while an item is handled, and in `nextFrame`. */
function createPage({ itemMs = 3, isVisible = true } = {}) {
  let nowMs = 1000;
  let scheduled: (() => void) | undefined;
  const handled: string[] = [];
  let onItem = (_item: string): void => {};
  /** The items of each batch. */
  const batches: string[] = [];
  function batch(run: () => void): void {
    const { length } = handled;
    run();
    batches.push(handled.slice(length).join(""));
  }
  const rendering = {
    isVisible: () => isVisible,
    now: () => nowMs,
    afterNextFrame(run: () => void) {
      scheduled = run;
      return () => {
        scheduled = undefined;
      };
    },
  };
  const inbox = new Inbox<string>(
    (item) => {
      nowMs += itemMs;
      handled.push(item);
      onItem(item);
    },
    { rendering, batch },
  );
  for (let count = 0; count < maxPerFrame; count++) inbox.add("", 1);
  handled.length = batches.length = 0;
  return {
    inbox,
    handled,
    batches,
    add(items: string, size = 1): void {
      for (const item of items) inbox.add(item, size);
    },
    during(run: (item: string) => void): void {
      onItem = run;
    },
    isScheduled: () => scheduled !== undefined,
    nextFrame(durationMs = 16): void {
      nowMs += durationMs;
      const run = scheduled;
      scheduled = undefined;
      run?.();
    },
  };
}

test("handles the rest of a burst in slices, and later items immediately", () => {
  const page = createPage();
  page.add("abcde");
  expect(page.handled.join("")).toBe("");
  page.nextFrame();
  expect(page.handled.join("")).toBe("abc");
  page.add("f");
  page.nextFrame();
  expect(page.handled.join("")).toBe("abcdef");
  expect(page.isScheduled()).toBe(false);
  page.nextFrame();
  page.add("g");
  expect(page.handled.at(-1)).toBe("g");
});

test("handles the items of a slice in one batch, and all waiting items in one batch on request", () => {
  const page = createPage();
  page.add("abcdefg");
  page.nextFrame();
  expect(page.batches).toContain("abc");
  page.inbox.flush();
  expect(page.batches.at(-1)).toBe("defg");
  page.nextFrame(100);
  page.add("h");
  expect(page.batches.at(-1)).toBe("h");
});

test("handles nothing while a burst arrives, but pauses for at most a second", () => {
  const page = createPage();
  page.add("abcdefghijkl");
  page.nextFrame();
  expect(page.handled).toEqual([]);
  page.nextFrame();
  expect(page.handled.join("")).toBe("abc");
  page.add("mnopqrstuvwxyz");
  page.nextFrame();
  expect(page.handled.join("")).toBe("abc");
  page.add("mnopqrstuvwxyz");
  page.nextFrame(1000);
  expect(page.handled.length).toBeGreaterThan("abc".length);
});

test("handles more items per slice after a late frame", () => {
  const page = createPage();
  page.add("abcdefghi");
  page.nextFrame(30);
  expect(page.handled.join("")).toBe("abcde");
  page.add("jklmnop");
  page.nextFrame(400);
  expect(page.handled.join("")).toBe("abcdefghijkl");
});

test("handles one item per slice if an item takes longer than a slice", () => {
  const page = createPage({ itemMs: 50 });
  page.add("ab");
  page.nextFrame();
  expect(page.handled.join("")).toBe("a");
});

test("handles every item immediately if the page is hidden", () => {
  const page = createPage({ isVisible: false });
  page.add("abcdefgh");
  expect(page.handled.join("")).toBe("abcdefgh");
});

test("handles all waiting items on request, but ignores a request while it is handling one of them", () => {
  const page = createPage();
  page.add("abcdefgh");
  const handledBefore: string[] = [];
  page.during((item) => {
    page.inbox.flush();
    handledBefore.push(`${item}${page.handled.length}`);
  });
  page.inbox.flush();
  expect(handledBefore.join(" ")).toBe("a1 b2 c3 d4 e5 f6 g7 h8");
  expect(page.isScheduled()).toBe(false);
});

test("drops the waiting items when it is cleared", () => {
  const page = createPage();
  page.add("abcdef");
  page.inbox.clear();
  expect(page.isScheduled()).toBe(false);
  page.inbox.flush();
  expect(page.handled).toEqual([]);
});

test("handles no further item after an item has cleared the inbox", () => {
  const page = createPage();
  page.add("abcdef");
  page.during((item) => {
    if (item === "b") page.inbox.clear();
  });
  page.nextFrame();
  expect(page.handled.join("")).toBe("ab");
});

test("continues after an item that causes an error", () => {
  const page = createPage();
  page.add("abcdef");
  page.during((item) => {
    if (item === "b") throw new Error("no");
  });
  expect(() => page.nextFrame()).toThrow("no");
  page.nextFrame();
  page.nextFrame();
  expect(page.handled.join("")).toBe("abcdef");
});

test("lets at most 10,000 items and 64 million characters wait", () => {
  const many = createPage();
  many.add("x".repeat(10_003));
  expect(many.handled.length).toBe(3);
  const large = createPage();
  large.add("abcd", 40_000_000);
  expect(large.handled.join("")).toBe("abc");
  large.add("e", Number.POSITIVE_INFINITY);
  expect(large.handled.join("")).toBe("abcde");
  expect(large.isScheduled()).toBe(false);
});

import { expect, test } from "@playwright/test";
import { createForgivingStorage, createLazyStorage } from "../../../../src/simulator/ui/common/page-storage.ts";
import { openStorage } from "../../../support/tabs.ts";

test("reads storage as empty if the browser denies access to it, and throws on a write", () => {
  const storage = createLazyStorage(() => {
    throw new Error("denied");
  });
  expect(storage.getItem("a")).toBeNull();
  storage.removeItem("a");
  expect(() => storage.setItem("a", "1")).toThrow("denied");
});

test("keeps a value that cannot be stored in memory until the key is set again or removed, and reports only the first problem", () => {
  const real = openStorage();
  const problems: string[] = [];
  const state: { isFull: boolean } = { isFull: false };
  const limited = {
    ...real,
    setItem(key: string, value: string) {
      if (state.isFull) throw new Error("full");
      real.setItem(key, value);
    },
  };
  const storage = createForgivingStorage(limited, (reason) => problems.push(reason));
  storage.setItem("a", "1");
  state.isFull = true;
  storage.setItem("a", "2");
  storage.setItem("b", "3");
  expect([storage.getItem("a"), storage.getItem("b"), real.getItem("a")]).toEqual(["2", "3", "1"]);
  state.isFull = false;
  storage.setItem("a", "4");
  real.setItem("a", "5");
  storage.removeItem("b");
  expect([storage.getItem("a"), storage.getItem("b")]).toEqual(["5", null]);
  expect(problems).toEqual(["full"]);
});

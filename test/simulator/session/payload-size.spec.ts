import { expect, test } from "@playwright/test";
import { isLarger } from "../../../src/simulator/session/payload-size.ts";

const circle: { self?: unknown } = {};
circle.self = circle;

const sizes: [what: string, payload: unknown, atMost: number, moreThan: number][] = [
  ["undefined", undefined, 1, 0],
  ["a string", "12345678", 9, 8],
  ["strings in fields, including the field names", { name: "1234", a: { b: "5678" } }, 24, 14],
  ["a list", ["1234", "5678"], 20, 10],
  ["bytes", new Uint8Array(1000), 1001, 1000],
  ["a buffer", new ArrayBuffer(1000), 1001, 1000],
  ["a map", new Map([["1234", "5678"]]), 20, 8],
  ["a set", new Set(["12345678"]), 20, 8],
  ["a cyclic object", circle, 20, 3],
  ["an object that is shared many times", Array(1000).fill(["12345678"]), 18_010, 10_000],
  ["an error", Object.assign(new Error("12345678"), { stack: "x".repeat(1000) }), 1040, 1008],
  ["an error's cause", Object.assign(new Error("", { cause: "12345678" }), { stack: "" }), 20, 8],
  ["a blob", new Blob(["12345678"]), 200, 8],
  ["a boxed string", Object("12345678"), 9, 8],
  ["a boxed number", Object(5), 1, 0],
  ["a date", new Date(), 1, 0],
  ["a regular expression", /12345678/, 9, 8],
  ["a bigint", 1n << 4000n, 1010, 1000],
  ["a boxed bigint", Object(1n << 4000n), 1010, 1000],
  ["a list with fields", Object.assign([], { name: "12345678" }), 20, 13],
  ["a sparse list", Array(1000), 1001, 999],
];
for (const [what, payload, atMost, moreThan] of sizes) {
  test(`estimates a size between ${moreThan} and ${atMost} for ${what}`, () => {
    expect(isLarger(payload, atMost)).toBe(false);
    expect(isLarger(payload, moreThan)).toBe(true);
  });
}

const nested = (depth: number) => JSON.parse("[".repeat(depth) + "]".repeat(depth));
const billionLaughs = Array.from({ length: 30 }).reduce((inner: unknown) => Array(10).fill(inner), "laugh");

const huge: [what: string, payload: unknown][] = [
  ["bytes", new Uint8Array(2e7)],
  ["a sparse list", Array(2 ** 32 - 1)],
  ["a boxed string", Object("x".repeat(1e7))],
  ["2e5 fields", Object.fromEntries(Array.from({ length: 2e5 }, (_, index) => [`field${index}`, index]))],
  ["a map", new Map(Array.from({ length: 2e5 }, (_, index) => [index, index]))],
  ["a bigint", 1n << 100_000_000n],
  ["deeply nested lists", nested(60_000)],
  ["lists that contain one list many times", billionLaughs],
  ["an error", new Error("x".repeat(1e7))],
  ["a blob", new Blob([new Uint8Array(1e6)])],
];
for (const [what, payload] of huge) {
  test(`reports ${what} as larger than the limit`, () => {
    expect(isLarger(payload, 100_000)).toBe(true);
  });
}

test("does not read the items of a list whose length exceeds the limit", () => {
  let read = 0;
  const list = Array.from({ length: 200_000 }, () =>
    Object.defineProperty({}, "field", { enumerable: true, get: () => read++ }),
  );
  expect(isLarger({ list }, 1000)).toBe(true);
  expect(read).toBe(0);
});

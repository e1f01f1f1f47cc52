import { expect, test } from "@playwright/test";
import { isLarger } from "../../../src/simulator/session/payload-size.ts";

const circle: { self?: unknown } = {};
circle.self = circle;

const sizes: [what: string, payload: unknown, atMost: number, moreThan: number][] = [
  ["nothing", undefined, 1, 0],
  ["a text", "12345678", 9, 8],
  ["texts in fields, with their names", { name: "1234", a: { b: "5678" } }, 24, 14],
  ["a list", ["1234", "5678"], 20, 10],
  ["bytes", new Uint8Array(1000), 1001, 1000],
  ["a buffer", new ArrayBuffer(1000), 1001, 1000],
  ["a map", new Map([["1234", "5678"]]), 20, 8],
  ["a set", new Set(["12345678"]), 20, 8],
  ["a cycle, once", circle, 20, 3],
];
for (const [what, payload, atMost, moreThan] of sizes) {
  test(`measures ${what} between ${moreThan} and ${atMost}`, () => {
    expect(isLarger(payload, atMost)).toBe(false);
    expect(isLarger(payload, moreThan)).toBe(true);
  });
}

test("stops reading a payload after the limit", () => {
  let read = 0;
  const list = Array.from({ length: 200_000 }, () =>
    Object.defineProperty({}, "field", { enumerable: true, get: () => read++ }),
  );
  expect(isLarger({ list }, 1000)).toBe(true);
  expect(read).toBe(0);
});

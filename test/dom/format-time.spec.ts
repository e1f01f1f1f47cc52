import { expect, test } from "@playwright/test";
import { formatDay, formatElapsed, formatTime } from "../../src/dom/format-time.ts";

test("formats a time and a date in the local time zone", () => {
  const at = new Date(2026, 0, 9, 4, 5, 6, 999).getTime();
  expect([formatTime(at), formatTime(at + 1), formatTime(at)]).toEqual(["04:05:06", "04:05:07", "04:05:06"]);
  expect(formatDay(at)).toBe("2026-01-09");
  expect(formatDay(new Date(2026, 11, 31, 23, 59).getTime())).toBe("2026-12-31");
});

const durations: [elapsedMs: number, text: string][] = [
  [0, "+0 ms"],
  [999, "+999 ms"],
  [1000, "+1.0 s"],
  [59_900, "+59.9 s"],
  [60_000, "+1 min"],
  [150_000, "+3 min"],
];
for (const [elapsedMs, text] of durations) {
  test(`formats ${elapsedMs} ms as ${text}`, () => {
    expect(formatElapsed(elapsedMs)).toBe(text);
  });
}

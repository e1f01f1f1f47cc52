import { expect, test } from "@playwright/test";
import { type Finding, findingOf } from "../../../../src/simulator/rules/finding.ts";
import {
  findingLine,
  headHeight,
  placesIn,
  rowHeight,
  rowsInSight,
} from "../../../../src/simulator/ui/messages/sequence.ts";

test("renders all visible rows, but fewer than 30 of 10,000 rows", () => {
  for (const scrolled of [0, 5000, 10_000 * rowHeight]) {
    const [first, end] = rowsInSight(scrolled, 600, 10_000);
    expect(end - first).toBeLessThan(30);
    expect(first).toBeLessThanOrEqual(Math.max(0, Math.floor((scrolled - headHeight) / rowHeight)));
    expect(end).toBeGreaterThanOrEqual(Math.min(10_000, Math.ceil((scrolled + 600 - headHeight) / rowHeight)));
  }
  expect(rowsInSight(0, 600, 3)).toEqual([0, 3]);
  expect(rowsInSight(0, 600, 0)).toEqual([0, 0]);
});

test("places the lanes in order and within the width, keeps two lanes at least 150 pixels apart, and adds a third lane only for other tabs", () => {
  for (const width of [280, 400, 575, 880, 1500]) {
    const two = placesIn(width, false).lanes;
    expect(two.otherTab).toBeUndefined();
    expect(two.app - two.hubspot, `${width}`).toBeGreaterThanOrEqual(150);
    expect(two.app, `${width}`).toBeLessThan(width);
  }
  for (const width of [360, 575, 880, 1500]) {
    const { hubspot, app, otherTab = 0 } = placesIn(width, true).lanes;
    expect([hubspot, app, otherTab]).toEqual([hubspot, app, otherTab].toSorted((a, b) => a - b));
    expect(otherTab).toBeLessThan(width);
  }
});

test("shows the worst finding and the number of further findings", () => {
  const finding = (severity: Finding["severity"], rule: Finding["rule"]): Finding => {
    return { ...findingOf(rule, { message: "", severity }), about: 0, at: 0 };
  };
  expect(findingLine([])).toBe("");
  expect(findingLine([finding("warning", "not-e164")])).toBe("warning: not-e164");
  expect(findingLine([finding("warning", "not-e164"), finding("error", "missing-field")])).toBe(
    "error: missing-field and 1 more",
  );
});

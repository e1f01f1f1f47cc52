// Measures a check of the calling app with user actions. Compares the duration of the whole check with the duration of its
// longest scenario, and prints the total duration, which depends on the machine.
import { expect, test } from "@playwright/test";
import { check } from "../../src/check/check.ts";
import { appUrl } from "../support/host.ts";
import { ports } from "../support/ports.ts";
import { describeRatio, pairedRatio } from "../support/ratios.ts";
import * as callingAppActions from "./calling-app.actions.ts";

const rounds = 3;
/** When 30 scenarios start together on two cores, they take about this many times as long as the longest scenario. */
const budget = 4;

test("checks the calling app within the budget", async () => {
  test.setTimeout(rounds * 60_000);
  const times: { whole: number[]; longest: number[] } = { whole: [], longest: [] };
  for (let round = 0; round < rounds; round += 1) {
    const pages = `.serve/${ports.HTTP_PORT}`;
    const { report } = await check({ url: appUrl, pages, timeoutMs: 10_000, userActions: callingAppActions });
    expect(report.result).toBe("passed");
    times.whole.push(report.milliseconds);
    times.longest.push(Math.max(...report.scenarios.map(({ milliseconds }) => milliseconds)));
  }
  const ratio = pairedRatio(times.whole, times.longest);
  const seconds = times.whole.map((milliseconds) => (milliseconds / 1000).toFixed(1)).join(", ");
  const verdict = ratio.median <= budget ? "kept" : "exceeded";
  console.log(
    `check of the calling app: ${seconds} s, ${describeRatio(ratio, "its longest scenario")}; the budget of ${budget} is ${verdict}`,
  );
  expect(ratio.lower, "at least three in four rounds exceed the budget").toBeLessThanOrEqual(budget);
});

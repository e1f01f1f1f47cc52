// Checks the calling app with user actions, and compares the duration of the check with the duration of its longest scenario.
// Also prints the check's duration in seconds, which depends on the machine.
import { expect, test } from "@playwright/test";
import { check } from "../../src/check/check.ts";
import { appUrl } from "../support/host.ts";
import { ports } from "../support/ports.ts";
import { describeRatio, pairedRatio } from "../support/ratios.ts";
import * as callingAppActions from "./calling-app.actions.ts";

const rounds = 3;
/** The check may take at most this many times as long as its longest scenario. */
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
  const verdict = ratio.median <= budget ? "met" : "exceeded";
  console.log(
    `check of the calling app: ${seconds} s, ${describeRatio(ratio, "its longest scenario")}; the budget of ${budget} is ${verdict}`,
  );
  expect(ratio.lower, "the lower quartile exceeds the budget").toBeLessThanOrEqual(budget);
});

import { expect, test } from "@playwright/test";
import { reportOf } from "../../../src/check/report/create-report.ts";
import { type Finding, finding } from "../../../src/check/report/findings.ts";
import { outcomeOf } from "../../../src/check/report/report.ts";
import { annotationsOf, jobSummaryOf } from "../../../src/check/reporters/github.ts";

const resultOf = (findings: Finding[]) => ({
  report: reportOf(
    "http://localhost:3000/",
    "1.0",
    [{ name: "events", expectation: "works", result: outcomeOf(findings, undefined), findings, milliseconds: 5 }],
    false,
    10,
  ),
  referenceOf: ({ reference }: { reference: string }) => reference,
});

test("prints each finding as an annotation on one line, errors first", () => {
  const lines = annotationsOf(
    resultOf([
      finding("not-e164", "toNumber: 5"),
      finding("uncaught", "100%, a:b\n::warning::x ##[error]y\u202e", "on X"),
    ]),
  );
  const [error = "", warning = "", end] = lines.split("\n");
  expect(error).toContain(
    "::error title=uncaught%3A Uncaught error in the app::on X: 100%25, a:b ::warning::x ## [error]y %0A",
  );
  expect(error).toMatch(/%0ASeen in: events%0ARead more: src\/simulator\/rules\/README\.md#uncaught$/);
  expect(warning).toMatch(/^::warning title=not-e164%3A .*::toNumber: 5%0AHow to fix it: /);
  expect(end).toBe("");
});

test("prints at most ten errors, and says how many are hidden", () => {
  const errors = (count: number) => Array.from({ length: count }, (_, index) => finding("uncaught", `boom x${index}`));
  expect(
    annotationsOf(resultOf(errors(10)))
      .trimEnd()
      .split("\n"),
  ).toHaveLength(10);
  const lines = annotationsOf(resultOf(errors(12)))
    .trimEnd()
    .split("\n");
  expect(lines).toHaveLength(10);
  expect(lines.at(-1)).toBe("::error title=More findings::the app has 3 more errors; see the job summary");
});

test("writes a summary of less than 1 MiB, without markup from the app", () => {
  const evil = "<img src=x>\n\n[a link](https://example.com)";
  const summary = jobSummaryOf(resultOf([finding("uncaught", evil)]));
  expect(summary).toMatch(/^<h2>Check of http:\/\/localhost:3000\/: failed<\/h2>\n/);
  expect(summary).toContain(
    "<li><code>&lt;img src=x&gt;  [a link](https://example.com)</code><br>Seen in: events</li>",
  );
  const many = Array.from({ length: 1000 }, (_, index) => finding("uncaught", `x${index} ${"&".repeat(5000)}`));
  expect(jobSummaryOf(resultOf(many)).length).toBeLessThan(2 ** 20);
});

// Presents a check's result as JSON, a table and an HTML report.
import { expect, test } from "@playwright/test";
import { type Finding, finding } from "../../src/check/findings.ts";
import { htmlOf } from "../../src/check/html.ts";
import { outcomeOf, reportOf, type ScenarioRun } from "../../src/check/report.ts";
import { tableOf } from "../../src/check/table.ts";

const evil = "<img src=x onerror=alert(1)>\u001b[2J";
const warning: Finding = { ...finding("not-e164", evil), title: evil, source: evil, remedy: evil, reference: evil };
const error: Finding = { ...finding("uncaught", "on DIAL_NUMBER: boom"), about: 0 };
const evidence: NonNullable<ScenarioRun["evidence"]> = {
  messages: [{ at: 1, from: "app", type: evil, data: evil }],
  console: [evil],
  picture: undefined,
};
const scenario = (name: string, findings: Finding[], reason?: string): ScenarioRun => {
  const result = outcomeOf(findings, reason);
  return { name, expectation: evil, result, ...(reason && { reason }), findings, milliseconds: 5, evidence };
};
const passed = scenario("handshake", []);
const warned = scenario("dial", [warning]);
const failed = scenario("events", [warning, error]);
const notTried = scenario("a call", [], evil);
const report = (runs: ScenarioRun[], strict = false) => reportOf("http://localhost:3000/", evil, runs, strict, 1234);

test("fails because of errors or, in strict mode, warnings, but never because of scenarios that were not tried", () => {
  expect(report([passed, notTried], true)).toMatchObject({ result: "passed", errors: 0, warnings: 0 });
  expect(report([passed, warned])).toMatchObject({ result: "passed", errors: 0, warnings: 1 });
  expect(report([passed, warned], true)).toMatchObject({ result: "failed" });
  expect(report([failed])).toMatchObject({ result: "failed", errors: 1, warnings: 1 });
  expect([passed, warned, failed, notTried].map(({ result }) => result)).toEqual([
    "passed",
    "warned",
    "failed",
    "not tried",
  ]);
  // An error counts even if the scenario could not be finished.
  expect(outcomeOf([error], "the user actions have no hangUp")).toBe("failed");
});

test("omits messages and screenshots from the JSON", () => {
  expect(Object.keys(report([failed]).scenarios[0] ?? {})).toEqual([
    "name",
    "expectation",
    "result",
    "milliseconds",
    "findings",
  ]);
  expect(report([failed]).scenarios[0]?.findings[1]).not.toHaveProperty("about");
});

test("prints each scenario's row and findings, without control characters", () => {
  const table = tableOf(report([passed, failed, notTried]));
  expect(table).toContain("handshake  passed\n");
  expect(table).toContain("events     failed\n");
  const { remedy, reference } = error;
  const advice = `        ${remedy}\n        ${reference}\n`;
  expect(table).toContain(`    error uncaught: on DIAL_NUMBER: boom\n${advice}`);
  expect(tableOf(report([failed, failed])).split(advice), "once for each rule").toHaveLength(2);
  expect(table).toContain("a call     not tried  <img src=x");
  expect(table).toContain("1 passed, 1 failed, 1 not tried; errors: 1, warnings: 1; 1.2 s\n");
  expect(table).not.toContain("\u001b");
});

test("shows all app data as text in the HTML report", async ({ page }) => {
  const alerts: string[] = [];
  page.on("dialog", (dialog) => {
    alerts.push(dialog.message());
    void dialog.dismiss();
  });
  const all = [passed, warned, failed, notTried];
  await page.setContent(htmlOf(report(all), all));
  await expect(page.locator("img")).toHaveCount(0);
  await expect(page.locator("tbody tr")).toHaveCount(5);
  await expect(page.locator("#s2 li").first()).toContainText("<img src=x onerror=alert(1)>");
  await expect(page.locator("#s2 svg g text").last()).toContainText("<img src=x");
  await expect(page.locator("svg [data-severity]")).toHaveText(" ▲ error: uncaught");
  await page.locator("#s2 summary").click();
  await expect(page.locator("#s2 pre")).toContainText("<img src=x");
  expect(alerts).toEqual([]);
});

import { expect, test } from "@playwright/test";
import { reportOf } from "../../../src/check/report/create-report.ts";
import { type Finding, finding } from "../../../src/check/report/findings.ts";
import { outcomeOf, type ScenarioRun } from "../../../src/check/report/report.ts";
import { htmlOf } from "../../../src/check/reporters/html.ts";
import { jsonOf } from "../../../src/check/reporters/json.ts";
import { listOf } from "../../../src/check/reporters/list.ts";

const evil = "<img src=x onerror=alert(1)>\u001b[2J\u009b\u202e";
const unprintable = /[^\P{Cc}\n]|\p{Bidi_Control}/u;
const warning: Finding = { ...finding("not-e164", evil), title: evil, source: evil, remedy: evil, reference: evil };
const error: Finding = { ...finding("uncaught", "boom", "on DIAL_NUMBER"), about: 0 };
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
const referenceOf = ({ reference }: { reference: string }) => `docs/${reference}`;
const report = (runs: ScenarioRun[], strict = false) => reportOf("http://localhost:3000/", evil, runs, strict, 1234);

test("fails if there are errors or, in strict mode, warnings, but not if a scenario was not tried", () => {
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

test("leaves messages, references to them, console output and screenshots out of the JSON report", () => {
  expect(Object.keys(report([failed]).scenarios[0] ?? {})).toEqual([
    "name",
    "expectation",
    "result",
    "milliseconds",
    "findings",
  ]);
  expect(report([failed]).scenarios[0]?.findings[1]).not.toHaveProperty("about");
});

test("lists each fault once in the JSON report's findings, with the scenarios in which it was seen, and again in each of these scenarios", () => {
  const { errors, warnings, findings, scenarios } = report([failed, { ...failed, name: "dial" }]);
  expect({ errors, warnings }).toEqual({ errors: 1, warnings: 1 });
  expect(findings).toMatchObject([
    { rule: "uncaught", message: "boom", activities: ["on DIAL_NUMBER"], scenarios: ["events", "dial"] },
    { rule: "not-e164", activities: [], scenarios: ["events", "dial"] },
  ]);
  expect(scenarios.map(({ findings }) => findings.map(({ rule }) => rule))).toEqual([
    ["not-e164", "uncaught"],
    ["not-e164", "uncaught"],
  ]);
});

test("prints the report's values as JSON without control characters", () => {
  const all = report([passed, warned, failed, notTried]);
  const json = jsonOf({ report: all });
  expect(json).not.toMatch(unprintable);
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(all)));
});

test("limits the length of a finding's message in the JSON", () => {
  const long = report([scenario("dial", [{ ...warning, message: "x".repeat(1e6) }])]);
  expect(jsonOf({ report: long }).length).toBeLessThan(20_000);
});

test("prints one row per scenario, and each fault once, without control characters", () => {
  const list = listOf({
    report: report([passed, failed, { ...failed, name: "dial" }, notTried, { ...notTried, name: "call 2" }]),
    referenceOf,
  });
  expect(list).toMatch(/^Check of http:\/\/localhost:3000\/, SDK /);
  expect(list).toContain("handshake  passed\n");
  expect(list).toContain("events     failed     not-e164, uncaught\n");
  expect(list).toContain("a call     not tried\n");
  expect(list).toContain("\nnot tried: <img src=x onerror=alert(1)> [2J  \n  a call; call 2\n");
  const { title, remedy, reference } = error;
  const advice = `  How to fix it: ${remedy}\n  Read more: docs/${reference}\n`;
  const fault = `error uncaught: ${title}\n  - on DIAL_NUMBER: boom\n    seen in: events; dial\n${advice}`;
  expect(list.split(fault), "once").toHaveLength(2);
  expect(list.indexOf("error uncaught"), "errors first").toBeLessThan(list.indexOf("warning not-e164"));
  expect(list).toContain("Result: failed. 1 passed, 2 failed, 2 not tried; errors: 1, warnings: 1; 1.2 s\n");
  expect(list).not.toMatch(unprintable);
});

test("says why a check with only warnings fails in strict mode", () => {
  const list = listOf({ report: report([warned], true), referenceOf });
  expect(list).toContain(
    "Result: failed, because --strict treats warnings as failures. 1 warned; errors: 0, warnings: 1",
  );
});

test("shows markup from the app as text in the HTML report", async ({ page }) => {
  const alerts: string[] = [];
  page.on("dialog", (dialog) => {
    alerts.push(dialog.message());
    void dialog.dismiss();
  });
  const all = [passed, warned, failed, notTried];
  await page.setContent(htmlOf({ report: report(all), referenceOf }, all));
  await expect(page.locator("img")).toHaveCount(0);
  await expect(page.locator("tbody tr")).toHaveCount(5);
  await expect(page.locator("#s2 li").first()).toContainText("<img src=x onerror=alert(1)>");
  await expect(page.locator("#s2 svg g text").last()).toContainText("<img src=x");
  await expect(page.locator("svg [data-severity]")).toHaveText(" ▲ error: uncaught");
  await page.locator("#s2 summary").last().click();
  await expect(page.locator("#s2 pre")).toContainText("<img src=x");
  expect(alerts).toEqual([]);
});

test("shows each fault once in the HTML report, with its rule and links to its scenarios", async ({ page }) => {
  const all = [passed, failed, { ...failed, name: "dial" }];
  await page.setContent(htmlOf({ report: report(all), referenceOf }, all));
  await expect(page.locator("article h3 [data-severity]")).toHaveText(["error uncaught", "warning not-e164"]);
  const fault = page.locator("#error-uncaught");
  await expect(fault.locator("li")).toHaveText(["on DIAL_NUMBER: boomSeen in: events; dial"]);
  await fault.locator("summary").click();
  await expect(fault.locator("details")).toContainText(/Why it matters: .*onDialNumber.*docs\/.*#uncaught/s);
  for (const link of await page.locator("a").all()) {
    await expect(page.locator((await link.getAttribute("href")) ?? "none")).toHaveCount(1);
  }
});

test("limits the size of the HTML report", () => {
  const long = "x".repeat(1e5);
  const noisy = {
    ...scenario("dial", [{ ...warning, message: long }]),
    evidence: {
      messages: Array.from({ length: 500 }, () => ({ at: 1, from: "app" as const, type: long, data: long })),
      console: Array.from({ length: 5000 }, () => long),
      picture: undefined,
    },
  };
  const html = htmlOf({ report: report([noisy]), referenceOf }, [noisy]);
  expect(html.length).toBeLessThan(400_000);
  expect(html).toContain("App console output: 5000 lines");
  expect(html).toContain("… and 4800 more");
});

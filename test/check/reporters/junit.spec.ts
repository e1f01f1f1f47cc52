// The JUnit report has the format of Apache Ant's JUnit reports.
import { expect, type Page, test } from "@playwright/test";
import * as v from "valibot";
import { reportOf } from "../../../src/check/report/create-report.ts";
import { type Finding, finding } from "../../../src/check/report/findings.ts";
import { outcomeOf, type ScenarioRun } from "../../../src/check/report/report.ts";
import { junitOf } from "../../../src/check/reporters/junit.ts";

const count = v.pipe(v.string(), v.regex(/^\d+$/));
const seconds = v.pipe(v.string(), v.regex(/^\d+\.\d{3}$/));
const line = v.pipe(v.string(), v.minLength(1), v.regex(/^\S(.*\S)?$/));

/** Returns a schema for an element with exactly these attributes and children. */
const element = <A extends v.ObjectEntries, C extends v.GenericSchema>(name: string, attributes: A, children: C) =>
  v.strictObject({ name: v.literal(name), attributes: v.strictObject(attributes), children, text: v.string() });
const nothing = v.strictTuple([]);

const property = element("property", { name: line, value: v.string() }, nothing);
const failure = element("failure", { type: line, message: line }, nothing);
const skipped = element("skipped", { message: line }, nothing);
const testCase = element(
  "testcase",
  { classname: line, name: line, time: seconds },
  v.union([nothing, v.strictTuple([failure]), v.strictTuple([skipped])]),
);
const suiteAttributes = {
  id: v.literal("0"),
  name: line,
  package: line,
  hostname: line,
  timestamp: v.pipe(v.string(), v.regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d$/)),
  time: seconds,
  tests: count,
  failures: count,
  errors: count,
  skipped: count,
};
/** Ant's schema requires this order: properties, test cases, system-out and system-err. */
const suiteChildren = v.pipe(
  v.array(v.looseObject({ name: v.string() })),
  v.check((all) => {
    const names = all.map(({ name }) => name);
    const cases = names.slice(1, -2).every((name) => name === "testcase");
    return names[0] === "properties" && cases && names.at(-2) === "system-out" && names.at(-1) === "system-err";
  }),
  v.array(
    v.union([
      testCase,
      element("properties", {}, v.array(property)),
      element("system-out", {}, nothing),
      element("system-err", {}, nothing),
    ]),
  ),
);
const suite = element("testsuite", suiteAttributes, suiteChildren);
const junit = element("testsuites", {}, v.strictTuple([suite]));

type Element = { name: string; attributes: Record<string, string>; children: Element[]; text: string };

/** Parses the XML in the browser, validates it against the schema above, and returns the test suite. */
async function parse(page: Page, xml: string): Promise<Element> {
  const tree = await page.evaluate((xml) => {
    const treeOf = (element: globalThis.Element): Element => ({
      name: element.tagName,
      attributes: Object.fromEntries([...element.attributes].map(({ name, value }) => [name, value])),
      children: [...element.children].map(treeOf),
      text: element.children.length > 0 ? "" : (element.textContent ?? ""),
    });
    return treeOf(new DOMParser().parseFromString(xml, "application/xml").documentElement);
  }, xml);
  v.parse(junit, tree);
  return tree.children[0] ?? tree;
}

const evil = '<x a="b">&\u0000\u001b\u202e\ud800\uffff]]>';
const run = (name: string, findings: Finding[], reason?: string): ScenarioRun => {
  const result = outcomeOf(findings, reason);
  return { name, expectation: "works", result, findings, ...(reason && { reason }), milliseconds: 1234 };
};
const warned = run("dial", [finding("not-e164", evil)]);
const runs = [
  run("handshake", []),
  warned,
  run("events", [finding("uncaught", evil, "on X"), finding("not-e164", evil), finding("uncaught", "boom")]),
  run("call: outbound", [], `needs ${evil}`),
];
const junitOfRuns = (runs: ScenarioRun[], strict = false) => {
  const report = reportOf("http://localhost:3000/", evil, runs, strict, 5000);
  return junitOf({ report, referenceOf: ({ reference }) => reference });
};

test("has the format of Ant's JUnit reports, even if the app sends markup and control characters", async ({ page }) => {
  const { attributes, children } = await parse(page, junitOfRuns(runs));
  expect(attributes).toMatchObject({ tests: "4", failures: "1", errors: "0", skipped: "1", time: "5.000" });
  const cases = children.filter((child) => child.name === "testcase");
  expect(cases.map((child) => child.children.map(({ name }) => name))).toEqual([[], [], ["failure"], ["skipped"]]);
  const [failed] = cases.flatMap((child) => child.children);
  expect(failed?.attributes).toMatchObject({
    type: "uncaught",
    message: expect.stringMatching(/^uncaught: on X: <x.* 1 more\)$/),
  });
  expect(failed?.text).toContain("error uncaught: Uncaught error in the app: boom\nHow to fix it: ");
  expect(failed?.text).not.toContain("not-e164");
  expect(children.at(-2)?.text).toContain("warning not-e164");
});

test("counts a test case with warnings as a failure only in strict mode", async ({ page }) => {
  for (const strict of [false, true]) {
    const { attributes } = await parse(page, junitOfRuns([warned], strict));
    expect(attributes.failures).toBe(strict ? "1" : "0");
  }
});

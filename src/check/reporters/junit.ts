// JUnit has no official schema. CI systems read the format of Apache Ant's reports. The report follows Ant's schema, which
// prescribes the order of the elements and requires most attributes.
import { printable } from "../../node/printable.ts";
import type { Finding } from "../report/findings.ts";
import type { Report, ScenarioResult } from "../report/report.ts";
import { escaped } from "./escape-html.ts";
import { listOf, type ReportForReaders } from "./list.ts";

/**
 * Formats the report as JUnit XML with one test case per scenario. The `system-out` element contains the list reporter's
 * output, which includes warnings that fail no test case.
 */
export function junitOf(result: ReportForReaders): string {
  const { report } = result;
  const { scenarios, strict, startedAt, milliseconds } = report;
  const failed = scenarios.filter((scenario) => failuresOf(scenario, strict).length > 0);
  const skipped = scenarios.filter((scenario) => isSkipped(scenario, strict));
  const suite = {
    id: 0,
    name: "hubspot-calling-app check",
    package: "hubspot-calling-app",
    hostname: "localhost",
    timestamp: startedAt.slice(0, 19),
    time: seconds(milliseconds),
    tests: scenarios.length,
    failures: failed.length,
    errors: 0,
    skipped: skipped.length,
  };
  const content = [
    propertiesOf(report),
    ...scenarios.map((scenario) => testCaseOf(scenario, strict, result.referenceOf)),
    element("system-out", {}, `\n${listOf(result).split("\n").map(textOf).join("\n")}`),
    element("system-err", {}),
  ];
  return `<?xml version="1.0" encoding="UTF-8"?>
<testsuites>
${element("testsuite", suite, `\n${content.join("\n")}\n`)}
</testsuites>
`;
}

function propertiesOf({ app, sdk }: Report): string {
  const properties = Object.entries({ app, sdk }).map(([name, value]) => element("property", { name, value }));
  return element("properties", {}, properties.join(""));
}

function testCaseOf(scenario: ScenarioResult, strict: boolean, referenceOf: ReportForReaders["referenceOf"]): string {
  const { name, reason = "", milliseconds } = scenario;
  const attributes = { classname: "check", name, time: seconds(milliseconds) };
  const failures = failuresOf(scenario, strict);
  if (failures.length > 0) return element("testcase", attributes, failureOf(failures, referenceOf));
  return element("testcase", attributes, isSkipped(scenario, strict) ? element("skipped", { message: reason }) : "");
}

function failuresOf({ findings }: ScenarioResult, strict: boolean): Finding[] {
  return findings.filter(({ severity }) => severity === "error" || strict);
}

function isSkipped(scenario: ScenarioResult, strict: boolean): boolean {
  return scenario.result === "not tried" && failuresOf(scenario, strict).length === 0;
}

/** Returns one element for all failures, because many CI systems read only a test case's first failure element. */
function failureOf(failures: readonly Finding[], referenceOf: ReportForReaders["referenceOf"]): string {
  const [first] = failures;
  const more = failures.length > 1 ? ` (and ${failures.length - 1} more)` : "";
  const lines = failures.flatMap((finding) => [
    `${finding.severity} ${finding.rule}: ${finding.title}: ${finding.message}`,
    `How to fix it: ${finding.remedy}`,
    `Read more: ${referenceOf(finding)}`,
  ]);
  const attributes = { type: first?.rule ?? "", message: `${first?.rule}: ${first?.message}${more}` };
  return element("failure", attributes, `\n${lines.map(textOf).join("\n")}\n`);
}

type Attributes = Record<string, string | number>;

function element(name: string, attributes: Attributes, content = ""): string {
  const pairs = Object.entries(attributes).map(([key, value]) => ` ${key}="${textOf(`${value}`)}"`);
  return `<${name}${pairs.join("")}${content ? `>${content}</${name}` : "/"}>`;
}

const textOf = (text: string) => escaped(printable(text));

const seconds = (milliseconds: number) => (milliseconds / 1000).toFixed(3);

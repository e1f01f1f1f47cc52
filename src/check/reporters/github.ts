// Formats annotations and the job summary for GitHub Actions. CI systems that use the same formats can also read them.
import { printable } from "../../node/printable.ts";
import { byRule, joined, messageOf, type RuleGroup } from "../report/distinct-findings.ts";
import type { DistinctFinding, Report } from "../report/report.ts";
import { escaped } from "./escape-html.ts";
import { type ReportForReaders, reasonsOf, rulesOf, summaryOf } from "./list.ts";

/** GitHub shows only the first ten errors and the first ten warnings per step. */
const maxAnnotations = 10;
/** GitHub rejects summaries that are larger than 1 MiB. */
const maxSummaryFindings = 200;

/** Returns one annotation per finding, up to the limit for each severity. If there are more findings, the last annotation says how many. */
export function annotationsOf({ report, referenceOf }: ReportForReaders): string {
  const lines = (["error", "warning"] as const).flatMap((severity) => {
    const findings = report.findings.filter((finding) => finding.severity === severity);
    const isCut = findings.length > maxAnnotations;
    const visible = isCut ? findings.slice(0, maxAnnotations - 1) : findings;
    const more = `the app has ${findings.length - visible.length} more ${severity}s; see the job summary`;
    return [
      ...visible.map((finding) => annotationOf(finding, referenceOf)),
      ...(isCut ? [command(severity, "More findings", [more])] : []),
    ];
  });
  return lines.join("");
}

function annotationOf(finding: DistinctFinding, referenceOf: ReportForReaders["referenceOf"]): string {
  const { severity, rule, title, remedy, scenarios } = finding;
  return command(severity, `${rule}: ${title}`, [
    messageOf(finding),
    `How to fix it: ${remedy}`,
    `Seen in: ${joined(scenarios)}`,
    `Read more: ${referenceOf(finding)}`,
  ]);
}

function command(name: string, title: string, lines: readonly string[]): string {
  const data = lines.map((line) => printable(line).replaceAll("%", "%25")).join("%0A");
  const property = printable(title).replaceAll("%", "%25").replaceAll(":", "%3A").replaceAll(",", "%2C");
  return `::${name} title=${property}::${data}\n`;
}

/**
 * Returns the job summary as HTML elements. GitHub does not interpret Markdown inside them, so the app's data cannot add links
 * or images.
 */
export function jobSummaryOf({ report, referenceOf }: ReportForReaders): string {
  const groups = byRule(report.findings.slice(0, maxSummaryFindings));
  const hidden = report.findings.length - maxSummaryFindings;
  return [
    `<h2>Check of ${textOf(report.app)}: ${report.result}</h2>`,
    `<p>${textOf(summaryOf(report))}</p>`,
    ...groups.map((group) => sectionOf(group, referenceOf)),
    hidden > 0 ? `<p>and ${hidden} more findings</p>` : "",
    tableOf(report),
  ]
    .filter(Boolean)
    .map((block) => `${block}\n\n`)
    .join("");
}

function sectionOf({ first, findings }: RuleGroup, referenceOf: ReportForReaders["referenceOf"]): string {
  const items = findings.map((finding) => {
    return `<li><code>${textOf(messageOf(finding))}</code><br>Seen in: ${textOf(joined(finding.scenarios))}</li>`;
  });
  return [
    `<h3>${first.severity} ${first.rule}: ${textOf(first.title)}</h3>`,
    `<ul>${items.join("")}</ul>`,
    `<p>How to fix it: ${textOf(first.remedy)}<br>Read more: <code>${textOf(referenceOf(first))}</code></p>`,
  ].join("\n");
}

function tableOf({ scenarios }: Report): string {
  const rows = scenarios.map((scenario) => {
    return `<tr><td>${textOf(scenario.name)}</td><td>${scenario.result}</td><td>${textOf(rulesOf(scenario))}</td></tr>`;
  });
  const reasons = reasonsOf(scenarios).map(({ reason, names }) => {
    return `<p>Not tried: ${textOf(reason)}: ${textOf(names.join("; "))}</p>`;
  });
  return `<details><summary>Scenarios</summary>
<table><tr><th>Scenario</th><th>Result</th><th>Rules</th></tr>
${rows.join("\n")}
</table>
${reasons.join("\n")}</details>`;
}

const textOf = (text: string) => escaped(printable(text));

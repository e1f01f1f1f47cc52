// The HTML report is one self-contained file. The report escapes all data from the app.
import { printable } from "../../node/printable.ts";
import { ruleOf } from "../../simulator/rules/index.ts";
import { byRule, messageOf, type RuleGroup } from "../report/distinct-findings.ts";
import type { Finding } from "../report/findings.ts";
import type { DistinctFinding, Evidence, Report, ScenarioRun } from "../report/report.ts";
import { diagramOf } from "./diagram.ts";
import { escaped } from "./escape-html.ts";
import { type ReportForReaders, reasonsOf, rulesOf, summaryOf } from "./list.ts";
import { reportStyle } from "./report-style.ts";

/** The limit for each scenario, because an app can print endlessly. */
const maxConsoleLines = 200;
const maxConsoleLineLength = 300;
/** The limit for each rule and for each scenario. */
const maxFindings = 100;

const arrow = `<svg width="0" height="0" style="position:absolute"><defs><marker id="arrow" viewBox="0 0 8 8" refX="8"
refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="context-stroke"/>
</marker></defs></svg>`;

/** Every report starts with this text, so that the check recognizes its own reports. */
const start = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="generator" content="hubspot-calling-app check">`;
export const htmlStart = new RegExp(`^${start}`);

export function htmlOf({ report, referenceOf }: ReportForReaders, runs: readonly ScenarioRun[]): string {
  const { app, sdk, result, findings } = report;
  const ids = new Map(runs.map(({ name }, index) => [name, `s${index}`]));
  return `${start}
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width"><title>Check report: ${textOf(app)}</title><style>${reportStyle}</style>${arrow}
<h1 data-result="${result}">${textOf(app)}: ${result}</h1>
<p>SDK ${textOf(sdk || "unknown")}; ${textOf(summaryOf(report))}</p>
${findings.length > 0 ? "<h2>Findings</h2>" : ""}
${articlesOf(byRule(findings), referenceOf, ids)}
<h2>Scenarios</h2>
${tableOf(report)}
${runs.map(sectionOf).join("\n")}</html>
`;
}

/** If several articles have the same severity and rule, links lead to the first of them. */
function articlesOf(
  groups: readonly RuleGroup[],
  referenceOf: ReportForReaders["referenceOf"],
  ids: ReadonlyMap<string, string>,
): string {
  const anchors = groups.map(({ first }) => `${first.severity}-${first.rule}`);
  const articles = groups.map((group, index) => {
    const anchor = anchors[index] ?? "";
    const attribute = anchors.indexOf(anchor) === index ? ` id="${anchor}"` : "";
    return `<article${attribute}>${articleOf(group, referenceOf, ids)}</article>`;
  });
  return articles.join("\n");
}

function articleOf(
  { first, findings }: RuleGroup,
  referenceOf: ReportForReaders["referenceOf"],
  ids: ReadonlyMap<string, string>,
): string {
  const { severity, rule, title, remedy } = first;
  const { explanation, consequence, example } = ruleOf(rule);
  const sources = [...new Set(findings.map(({ source }) => source))];
  const hidden = findings.length - maxFindings;
  return `<h3><span data-severity="${severity}">${severity} ${rule}</span>: ${textOf(title)}</h3>
<ul>${findings
    .slice(0, maxFindings)
    .map((finding) => itemOf(finding, ids))
    .join("")}${hidden > 0 ? `<li>and ${hidden} more; the json reporter lists them all` : ""}</ul>
<p>How to fix it: ${textOf(remedy)}</p>
<details><summary>More about this rule</summary><p>${textOf(explanation)}<p>Why it matters: ${textOf(consequence)}
<pre>${escaped(example.trim())}</pre><p>Source: ${textOf(sources.join("; "))}<p>Rule reference: ${textOf(referenceOf(first))}</details>`;
}

function itemOf(finding: DistinctFinding, ids: ReadonlyMap<string, string>): string {
  const { activities, scenarios } = finding;
  const links = scenarios.map((name) => `<a href="#${ids.get(name) ?? ""}">${textOf(name)}</a>`);
  const when = activities.length > 1 ? `<br><small>When: ${textOf(activities.join("; "), 5000)}</small>` : "";
  return `<li>${textOf(messageOf(finding))}${when}<br><small>Seen in: ${links.join("; ")}</small>`;
}

function tableOf({ scenarios }: Report): string {
  const rows = scenarios.map((scenario, index) => {
    const { name, result } = scenario;
    return `<tr><td><a href="#s${index}">${textOf(name)}</a><td data-result="${textOf(result)}">${result}<td>${textOf(rulesOf(scenario))}`;
  });
  const reasons = reasonsOf(scenarios).map(({ reason, names }) => {
    return `<p>Not tried: ${textOf(reason)}<br><small>${textOf(names.join("; "))}</small></p>`;
  });
  return `<table><tr><th>Scenario<th>Result<th>Rules${rows.join("")}</table>${reasons.join("")}`;
}

function sectionOf({ name, expectation, result, reason, findings, evidence }: ScenarioRun, index: number): string {
  const parts = [
    `<section id="s${index}"><h3>${textOf(name)} <small data-result="${textOf(result)}">${result}</small></h3>`,
    `<p>The app ${textOf(expectation)}.${reason ? ` Not tried: ${textOf(reason)}.` : ""}</p>`,
    findings.length > 0 ? `<ul>${findings.slice(0, maxFindings).map(referenceTo).join("")}</ul>` : "",
    evidence ? evidenceOf(evidence, findings) : "",
    evidence ? consoleOf(evidence.console) : "",
  ];
  return `${parts.join("")}</section>`;
}

function referenceTo({ severity, rule, message }: Finding): string {
  return `<li><a href="#${severity}-${rule}" data-severity="${severity}">${severity} ${rule}</a>: ${textOf(message)}`;
}

function evidenceOf({ messages, picture }: Evidence, findings: readonly Finding[]): string {
  const image = picture
    ? `<img width="320" alt="Screenshot of the app" src="data:image/jpeg;base64,${picture.toString("base64")}">`
    : "";
  const diagram = messages.length > 0 ? diagramOf(messages, findings) : "";
  if (!diagram && !image) return "";
  const open = findings.length > 0 ? " open" : "";
  return `<details${open}><summary>Messages and screenshot</summary><div class="evidence">${diagram}${image}</div></details>`;
}

function consoleOf(lines: readonly string[]): string {
  if (lines.length === 0) return "";
  const visible = lines.slice(0, maxConsoleLines).map((line) => textOf(line, maxConsoleLineLength));
  const hidden = lines.length - visible.length;
  const more = hidden > 0 ? `\n… and ${hidden} more` : "";
  return `<details><summary>App console output: ${lines.length} lines</summary><pre>${visible.join("\n")}${more}</pre></details>`;
}

const textOf = (text: string, maxLength?: number) => escaped(printable(text, maxLength));

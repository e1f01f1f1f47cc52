// The HTML report is one self-contained file. It escapes all data from the app.
import { diagramOf } from "./diagram.ts";
import { escaped } from "./escape-html.ts";
import type { Finding } from "./findings.ts";
import type { Report, ScenarioRun } from "./report.ts";

const style = `
:root { color-scheme: light dark; font: 14px/1.5 system-ui, sans-serif; }
body { max-width: 1100px; margin: 24px auto; padding: 0 16px; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; padding: 4px 16px 4px 0; vertical-align: top; border-bottom: 1px solid #8884; }
section { border-top: 1px solid #8886; margin-top: 32px; }
small, .time { color: light-dark(#555, #aaa); }
[data-result=failed], [data-severity=error] { color: light-dark(#b00020, #ff8a8a); }
[data-result=warned], [data-severity=warning] { color: light-dark(#7a4b00, #ffc46b); }
[data-result=passed] { color: light-dark(#0a6b2d, #7ddc9c); }
.evidence { display: flex; flex-wrap: wrap; gap: 24px; align-items: flex-start; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; }
svg { max-width: 100%; height: auto; }
svg text { fill: currentColor; font-size: 12px; }
svg tspan { fill: currentColor; font-weight: 600; }
svg text.lane { font-weight: 600; }
svg line { stroke: currentColor; }
svg line.lane { stroke: #8888; }
svg .app { color: light-dark(#0b57d0, #a8c7fa); }
img { max-width: 100%; border: 1px solid #8886; }`;

const arrow = `<svg width="0" height="0" style="position:absolute"><defs><marker id="arrow" viewBox="0 0 8 8" refX="8"
refY="4" markerWidth="8" markerHeight="8" orient="auto-start-reverse"><path d="M0 0 8 4 0 8z" fill="context-stroke"/>
</marker></defs></svg>`;

export function htmlOf(report: Report, runs: readonly ScenarioRun[]): string {
  const { app, sdk, result, errors, warnings, milliseconds } = report;
  const rows = runs.map(
    ({ name, result, reason = "", findings }, index) =>
      `<tr><td><a href="#s${index}">${escaped(name)}</a><td data-result="${escaped(result)}">${result}<td>${
        findings.length > 0 ? escaped([...new Set(findings.map(({ rule }) => rule))].join(", ")) : escaped(reason)
      }`,
  );
  return `<!doctype html><html lang="en"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
<meta name="viewport" content="width=device-width"><title>Check report: ${escaped(app)}</title><style>${style}</style>${arrow}
<h1 data-result="${result}">${escaped(app)}: ${result}</h1>
<p>SDK ${escaped(sdk || "unknown")}; errors: ${errors}, warnings: ${warnings}; ${(milliseconds / 1000).toFixed(1)} s
<table><tr><th>Scenario<th>Result<th>Findings, or why the scenario was not tried${rows.join("")}</table>
${runs.map(sectionOf).join("\n")}</html>
`;
}

function sectionOf({ name, expectation, result, reason, findings, evidence }: ScenarioRun, index: number): string {
  const parts = [
    `<section id="s${index}"><h2>${escaped(name)} <small data-result="${escaped(result)}">${result}</small></h2>`,
    `<p>The app ${escaped(expectation)}.${reason ? ` Not tried: ${escaped(reason)}.` : ""}</p>`,
    findings.length > 0 ? `<ul>${findings.map(itemOf).join("")}</ul>` : "",
    evidence && (evidence.messages.length > 0 || evidence.picture) ? evidenceOf(evidence, findings) : "",
    evidence && evidence.console.length > 0
      ? `<details><summary>App console output: ${evidence.console.length} lines</summary><pre>${escaped(
          evidence.console.slice(0, 200).join("\n"),
        )}</pre></details>`
      : "",
  ];
  return `${parts.join("")}</section>`;
}

function itemOf({ rule, severity, title, message, source, remedy, reference }: Finding): string {
  return [
    `<li><b data-severity="${severity}">${severity} ${escaped(rule)}</b>: ${escaped(title)}: ${escaped(message)}`,
    `How to fix it: ${escaped(remedy)}`,
    `<small>Source: ${escaped(source)}. Read more: ${escaped(reference)}</small>`,
  ].join("<br>");
}

function evidenceOf({ messages, picture }: NonNullable<ScenarioRun["evidence"]>, findings: readonly Finding[]): string {
  const image = picture
    ? `<img width="320" alt="The app at the end of the scenario" src="data:image/jpeg;base64,${picture.toString("base64")}">`
    : "";
  return `<div class="evidence">${messages.length > 0 ? diagramOf(messages, findings) : ""}${image}</div>`;
}

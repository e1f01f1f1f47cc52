import { controlCharacters } from "../node/control-characters.ts";
import type { Report, ScenarioResult } from "./report.ts";

export function tableOf({ app, sdk, scenarios, errors, warnings, milliseconds }: Report): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const advised = new Set<string>();
  const lines = scenarios.flatMap((scenario) => [
    printable(`${scenario.name.padEnd(width)}  ${scenario.result.padEnd(9)}  ${scenario.reason ?? ""}`).trimEnd(),
    ...findingsOf(scenario, advised),
  ]);
  const outcomes = ["passed", "warned", "failed", "not tried"].flatMap((outcome) => {
    const count = scenarios.filter(({ result }) => result === outcome).length;
    return count > 0 ? `${count} ${outcome}` : [];
  });
  const header = `${app}${sdk ? `, SDK ${sdk}` : ""}`;
  const summary = `${outcomes.join(", ")}; errors: ${errors}, warnings: ${warnings}; ${(milliseconds / 1000).toFixed(1)} s`;
  return [printable(header), "", ...lines, "", summary, ""].join("\n");
}

function findingsOf({ findings }: ScenarioResult, advised: Set<string>): string[] {
  return findings.flatMap(({ rule, severity, message, remedy, reference }) => {
    const isFirst = !advised.has(rule);
    advised.add(rule);
    const lines = [`    ${severity} ${rule}: ${message}`];
    if (isFirst) lines.push(`        ${remedy}`, `        ${reference}`);
    return lines.map(printable);
  });
}

/** Data from the app may contain terminal control sequences. */
const printable = (text: string) => text.replace(controlCharacters, " ").slice(0, 1000);

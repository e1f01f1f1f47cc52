// The report for a terminal.
import type { Report, ScenarioResult } from "./report.ts";

/** Lines with a row for each scenario, what was found below it, and the sum at the end. */
export function tableOf({ app, sdk, scenarios, errors, warnings, milliseconds }: Report): string {
  const width = Math.max(...scenarios.map(({ name }) => name.length));
  const lines = scenarios.flatMap((scenario) => [
    printable(`${scenario.name.padEnd(width)}  ${scenario.result.padEnd(9)}  ${scenario.reason ?? ""}`).trimEnd(),
    ...findingsOf(scenario),
  ]);
  const outcomes = ["passed", "warned", "failed", "not tried"].flatMap((outcome) => {
    const count = scenarios.filter(({ result }) => result === outcome).length;
    return count > 0 ? `${count} ${outcome}` : [];
  });
  const head = `${app}${sdk ? `, SDK ${sdk}` : ""}`;
  const sum = `${outcomes.join(", ")}; errors: ${errors}, warnings: ${warnings}; ${(milliseconds / 1000).toFixed(1)} s`;
  return [printable(head), "", ...lines, "", sum, ""].join("\n");
}

function findingsOf({ findings }: ScenarioResult): string[] {
  return findings.flatMap(({ rule, severity, message, remedy }) => [
    printable(`    ${severity} ${rule}: ${message}`),
    ...(remedy ? [printable(`        ${remedy}`)] : []),
  ]);
}

/** An app's words may hold what a terminal takes for orders. */
const printable = (text: string) => text.replace(/\p{Cc}/gu, " ").slice(0, 1000);

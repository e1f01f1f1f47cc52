import { distinctFindings } from "./distinct-findings.ts";
import type { Finding } from "./findings.ts";
import type { Report, ScenarioResult, ScenarioRun } from "./report.ts";

/** The app determines the SDK version and parts of the findings' messages, so their lengths are limited. */
const maxVersionLength = 100;
const maxMessageLength = 2000;

export function reportOf(
  app: string,
  sdk: string,
  runs: readonly ScenarioRun[],
  strict: boolean,
  milliseconds: number,
): Report {
  const scenarios = runs.map(({ evidence: _, findings, ...result }): ScenarioResult => {
    return { ...result, findings: findings.map(({ about: __, ...finding }) => shortened(finding)) };
  });
  const findings = distinctFindings(scenarios);
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  const failed = errors > 0 || (strict && warnings > 0);
  return {
    version: 1,
    app,
    sdk: sdk.slice(0, maxVersionLength),
    result: failed ? "failed" : "passed",
    strict,
    errors,
    warnings,
    startedAt: new Date(Date.now() - milliseconds).toISOString(),
    milliseconds,
    findings,
    scenarios,
  };
}

function shortened(finding: Finding): Finding {
  return { ...finding, message: finding.message.slice(0, maxMessageLength) };
}

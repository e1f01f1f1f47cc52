// What a check gives, as data. `version` counts up when the shape changes in a way that breaks its readers.
import type { Message } from "../simulator/calls/message.ts";
import type { Finding } from "./findings.ts";

export type Report = {
  version: 1;
  /** The app's URL, as it was framed. */
  app: string;
  /** The version in the app's SYNC_ACK; empty when none came. */
  sdk: string;
  /** failed: an error was found; or a warning, where the check is strict. */
  result: "passed" | "failed";
  strict: boolean;
  errors: number;
  warnings: number;
  milliseconds: number;
  scenarios: ScenarioResult[];
};

export type ScenarioResult = {
  name: string;
  /** What the app has to do. */
  expectation: string;
  /** warned: there are findings, and none is an error. */
  result: "passed" | "warned" | "failed" | "not tried";
  /** Why it was not tried. */
  reason?: string;
  findings: Finding[];
  milliseconds: number;
};

/** What the HTML page shows beside a result. */
export type Evidence = { messages: Message[]; console: string[]; picture: Buffer | undefined };
export type ScenarioRun = ScenarioResult & { evidence?: Evidence };

/** Puts the results of all scenarios together. */
export function reportOf(
  app: string,
  sdk: string,
  runs: readonly ScenarioRun[],
  strict: boolean,
  milliseconds: number,
) {
  const scenarios = runs.map(({ evidence: _, findings, ...result }): ScenarioResult => {
    return { ...result, findings: findings.map(({ about: __, ...finding }) => finding) };
  });
  const of = (severity: Finding["severity"]) =>
    scenarios.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
  const [errors, warnings] = [of("error"), of("warning")];
  const failed = errors > 0 || (strict && warnings > 0);
  const report: Report = {
    version: 1,
    app,
    sdk,
    result: failed ? "failed" : "passed",
    strict,
    errors,
    warnings,
    milliseconds,
    scenarios,
  };
  return report;
}

/** How a scenario ended, by what was found. */
export function outcomeOf(findings: readonly Finding[], reason: string | undefined): ScenarioResult["result"] {
  if (findings.some(({ severity }) => severity === "error")) return "failed";
  if (reason !== undefined) return "not tried";
  return findings.length > 0 ? "warned" : "passed";
}

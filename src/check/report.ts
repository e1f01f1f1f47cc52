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
  situations: Result[];
};

export type Result = {
  name: string;
  /** What is asked of the app, in words. */
  asks: string;
  /** warned: there are findings, and none is an error. */
  result: "passed" | "warned" | "failed" | "not tried";
  /** Why it was not tried. */
  reason?: string;
  findings: Finding[];
  milliseconds: number;
};

/** What the HTML page shows beside a result. */
export type Evidence = { messages: Message[]; console: string[]; picture: Buffer | undefined };
export type Played = Result & { evidence?: Evidence };

/** Puts the results of all situations together. */
export function reportOf(app: string, sdk: string, played: readonly Played[], strict: boolean, milliseconds: number) {
  const situations = played.map(({ evidence: _, findings, ...result }): Result => {
    return { ...result, findings: findings.map(({ about: __, ...finding }) => finding) };
  });
  const of = (severity: Finding["severity"]) =>
    situations.flatMap(({ findings }) => findings).filter((finding) => finding.severity === severity).length;
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
    situations,
  };
  return report;
}

/** How a situation ended, by what was found. */
export function outcomeOf(findings: readonly Finding[], reason: string | undefined): Result["result"] {
  if (findings.some(({ severity }) => severity === "error")) return "failed";
  if (reason !== undefined) return "not tried";
  return findings.length > 0 ? "warned" : "passed";
}

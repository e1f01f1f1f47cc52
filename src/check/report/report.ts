import type { Message } from "../../simulator/calls/message.ts";
import type { Finding } from "./findings.ts";

/**
 * The result of a check, as the json reporter writes it.
 * @example
 * // npx hubspot-calling-app check http://localhost:3000/ --reporter list,json:report.json
 * const report: Report = JSON.parse(await readFile("report.json", "utf8"));
 * if (report.result === "failed") console.log(`${report.errors} errors, ${report.warnings} warnings`);
 */
export type Report = {
  /** Increases with every incompatible change to this type. */
  version: 1;
  /** The URL from which the simulator loaded the app. */
  app: string;
  /** The SDK version from the app's SYNC_ACK, or "" if the app did not become ready. */
  sdk: string;
  /** "failed" if there are errors; with --strict, also if there are warnings. */
  result: "passed" | "failed";
  strict: boolean;
  /** The number of distinct errors. */
  errors: number;
  warnings: number;
  /** An ISO 8601 timestamp in UTC. */
  startedAt: string;
  milliseconds: number;
  /** Contains each fault once. Errors come first. */
  findings: DistinctFinding[];
  scenarios: ScenarioResult[];
};

/**
 * A fault in the app, and the scenarios in which it was seen.
 * @example
 * for (const { severity, rule, message, remedy, scenarios } of report.findings) {
 *   console.log(`${severity} ${rule}: ${message}. ${remedy} Seen in: ${scenarios.join(", ")}`);
 * }
 */
export type DistinctFinding = Omit<Finding, "about" | "activity"> & {
  /**
   * What HubSpot or the user did when the fault occurred, for example "on DIAL_NUMBER". Empty if the fault does not depend
   * on an activity.
   */
  activities: string[];
  /** The names of the scenarios in which the fault was seen. */
  scenarios: string[];
};

/**
 * @example
 * const notTried = report.scenarios.filter(({ result }) => result === "not tried");
 * for (const { name, reason } of notTried) console.log(`${name}: ${reason}`);
 */
export type ScenarioResult = {
  name: string;
  /** Continues the sentence "The app …", for example "answers SYNC and sends initialized in time". */
  expectation: string;
  /** "warned" means warnings, but no errors. */
  result: "passed" | "warned" | "failed" | "not tried";
  reason?: string;
  /** The findings of this scenario. Other scenarios may have the same findings. */
  findings: Finding[];
  milliseconds: number;
};

export type Evidence = { messages: Message[]; console: string[]; picture: Buffer | undefined };
export type ScenarioRun = ScenarioResult & { evidence?: Evidence };

export function outcomeOf(findings: readonly Finding[], reason: string | undefined): ScenarioResult["result"] {
  if (findings.some(({ severity }) => severity === "error")) return "failed";
  if (reason !== undefined) return "not tried";
  return findings.length > 0 ? "warned" : "passed";
}

// HubSpot loads an app with usesCallingWindow: true or false, depending on the app's settings. An app needs to support only
// one of the two modes.
import type { Finding } from "./report/findings.ts";
import { outcomeOf, type ScenarioRun } from "./report/report.ts";

/** The rules that an app breaks because it does not support a mode. */
const rules: readonly string[] = ["remote-speaks", "window-speaks", "not-ready"];

const isOfMode = ({ name }: ScenarioRun, usesCallingWindow: boolean) =>
  name === `iframeLocation: remote, usesCallingWindow: ${usesCallingWindow}` ||
  name === `iframeLocation: window, usesCallingWindow: ${usesCallingWindow}`;

/** If the app breaks the rules above in only one of the two modes, those findings become warnings. */
export function relaxOtherMode(runs: readonly ScenarioRun[]): ScenarioRun[] {
  const modes = [true, false].map((usesCallingWindow) => ({
    usesCallingWindow,
    runs: runs.filter((run) => isOfMode(run, usesCallingWindow) && run.result !== "not tried"),
  }));
  const failed = modes.filter(({ runs }) => runs.some(({ findings }) => findings.some(isOfOneMode)));
  const [other] = failed;
  if (!other || failed.length > 1 || modes.some(({ runs }) => runs.length < 2)) return [...runs];
  return runs.map((run) => (other.runs.includes(run) ? relaxed(run, !other.usesCallingWindow) : run));
}

const isOfOneMode = ({ rule }: Finding) => rules.includes(rule);

function relaxed(run: ScenarioRun, workingMode: boolean): ScenarioRun {
  const register = `Register the app with usesCallingWindow: ${workingMode}, because it works in that mode.`;
  const findings = run.findings.map((finding): Finding => {
    if (!isOfOneMode(finding)) return finding;
    return {
      ...finding,
      severity: "warning",
      remedy: `${register} To support the other mode as well: ${finding.remedy}`,
    };
  });
  return { ...run, findings, result: outcomeOf(findings, run.reason) };
}

import { expect, test } from "../../support/check.ts";
import { silentApp } from "../../support/simulator.ts";

test("reports only page-moved for an app whose script navigates to a login page", async ({ serve, checkPage }) => {
  const login = await serve((response) => response.end(silentApp));
  const html = `<!doctype html><script>location.replace("${login}")</script>`;
  const { report } = await checkPage(html, ["visibility"], { timeoutMs: 2000 });
  const findings = report.scenarios.flatMap((scenario) => scenario.findings);
  const [first] = findings;
  expect(first?.message).toContain(`navigated to ${new URL(login).origin}, but HubSpot sends SYNC only to`);
  expect(first?.remedy).toContain("setWidgetUrl");
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["page-moved"]));
});

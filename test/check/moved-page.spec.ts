import { check } from "../../src/check/check.ts";
import { ports } from "../support/ports.ts";
import { expect, silentApp, test } from "../support/simulator.ts";

test.describe.configure({ timeout: 90_000 });

test("reports only page-moved for an app whose script navigates to a login page", async ({ serve }) => {
  const login = await serve((response) => response.end(silentApp));
  const url = await serve((response) => response.end(`<!doctype html><script>location.replace("${login}")</script>`));
  const { report } = await check({
    url,
    pages: `.serve/${ports.HTTP_PORT}`,
    timeoutMs: 2000,
    only: (name) => name === "visibility",
  });
  const findings = report.scenarios.flatMap((scenario) => scenario.findings);
  const [first] = findings;
  expect(first?.message).toContain(`navigated to ${new URL(login).origin}, but HubSpot sends SYNC only to`);
  expect(first?.remedy).toContain("setWidgetUrl");
  expect(new Set(findings.map(({ rule }) => rule))).toEqual(new Set(["page-moved"]));
});

import type { TestInfo } from "@playwright/test";
import type { PageHistory } from "../check/browser/page-history.ts";
import { toMermaid } from "../dom/mermaid.ts";
import { sdkNameOf } from "../protocol/sdk-name.ts";
import type { Finding } from "../simulator/rules/finding.ts";
import type { RuleId } from "../simulator/rules/index.ts";

/** Attaches a Mermaid diagram, and a log that can be replayed. */
export async function attachTo(
  testInfo: TestInfo,
  { messages, findings }: Pick<PageHistory, "messages" | "findings">,
): Promise<void> {
  const lines = messages.map(({ at, from, type, data }) => ({ at, from, type, data }));
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join("");
  await testInfo.attach("hubspot-log.jsonl", { body, contentType: "application/jsonl" });
  const steps = lines.map(({ from, type }, index) => {
    const about = findings.filter((finding) => finding.about === index);
    return {
      from,
      type,
      sdkName: sdkNameOf(from, type),
      notes: about.map(({ rule, message }) => `${rule}: ${message}`),
    };
  });
  await testInfo.attach("hubspot-sequence.mmd", { body: toMermaid(steps), contentType: "text/plain" });
}

/** @throws an Error that lists unexpected findings with the severity `error`, and expected rules that the app did not break */
export function assertFindings(findings: readonly Finding[], expected: ReadonlySet<RuleId>): void {
  const errors = findings.filter(({ rule, severity }) => severity === "error" && !expected.has(rule));
  const missing = [...expected].filter((rule) => !findings.some((finding) => finding.rule === rule));
  const lines = [
    ...errors.map(({ rule, message, remedy, reference }) => `${rule}: ${message}\n  ${remedy}\n  ${reference}`),
    ...missing.map((rule) => `${rule}: expected, but the app did not break this rule`),
  ];
  if (lines.length > 0) throw new Error(`The app's findings are not as expected:\n${lines.join("\n")}`);
}

// Generates this folder's README.md from the rules. Run `npm run rules` to write the file.
import type { Sure } from "../../protocol/sure.ts";
import type { Rule } from "./rule.ts";

const severities: Record<Rule["severity"], string> = {
  error:
    "a serious problem, for example a call that HubSpot loses or stores incorrectly, or an app that breaks on input that HubSpot is known to send",
  warning:
    "a problem that may be harmless, for example a deviation from the documentation that is not known to break anything, or an app that breaks on input that HubSpot is not known to send",
};

const sureness: Record<Sure, string> = {
  documented: "the rule follows from HubSpot's documentation",
  sdk: "the rule follows from the SDK's code, or from how browsers work",
  inferred: "the rule is inferred from HubSpot's demo apps, existing apps or public issue reports",
  chosen: "the rule is our choice",
};

export function referenceOf(rules: readonly Rule[]): string {
  const rows = rules.map(({ id, severity, title }) => `| [\`${id}\`](#${id}) | ${severity} | ${title} |`);
  return `# Rules

<!-- Generated from the rules by \`npm run rules\`. Edit the rule, not this file. -->

The simulator, the \`check\` command, or both report these problems with a calling app. A finding contains the rule's id.

${Object.entries(severities)
  .map(([severity, meaning]) => `- **${severity}**: ${meaning}.`)
  .join("\n")}

A finding's severity can differ from its rule's severity. "Certainty" shows what a rule is based on:

${Object.entries(sureness)
  .map(([sure, meaning]) => `- **${sure}**: ${meaning}.`)
  .join("\n")}

To add a rule, see [Add a rule](../README.md#add-a-rule).

| Rule | Severity | Problem |
| --- | --- | --- |
${rows.join("\n")}

${rules.map(entryOf).join("\n")}`;
}

function entryOf({ id, severity, title, explanation, consequence, remedy, example, sure, source }: Rule): string {
  return `## ${id}

**${title}.** ${explanation}

**Why it matters:** ${consequence}

**How to fix it:** ${remedy}

\`\`\`ts
${example.trim()}
\`\`\`

Severity: ${severity}. Certainty: ${sure}. Source: ${source}.
`;
}

// Turns a log into a Playwright test that uses the package's fixture.
import { literal } from "./literal.ts";
import { engagementsIn, errorsIn } from "./logged-outcome.ts";
import { hasEveryEventTwice, withoutRepeatedEvents } from "./repeated-events.ts";
import type { Line } from "./replay.ts";
import { optionsFor } from "./test-code-options.ts";
import { codeOfSteps } from "./test-code-steps.ts";

export type TestCodeOptions = {
  /** The app's URL; undefined for the package's calling app, whose buttons are known. */
  app: string | undefined;
};

/** @throws an Error if the log contains no READY, which starts a session */
export function testCode(lines: readonly Line[], { app }: TestCodeOptions): string {
  const start = lines.findIndex(({ from, type }) => from === "hubspot" && type === "READY");
  if (start < 0)
    throw new Error(
      "The log does not contain READY, which starts a session; reload the app, repeat your actions, and download the log again.",
    );
  const session = lines.slice(start);
  const messages = session.filter(({ from }) => from !== undefined);
  const isTwice = hasEveryEventTwice(messages);
  const unrepeated = isTwice ? withoutRepeatedEvents(messages) : messages;
  const { body, userActions } = codeOfSteps(unrepeated, app === undefined);
  const isIncomplete = app !== undefined && userActions.length > 0;
  const options = optionsFor(unrepeated, app, isTwice);
  const findings = errorsIn(session);
  return [
    ...(isIncomplete ? ['import type { FrameLocator } from "@playwright/test";'] : []),
    'import { expect, test } from "hubspot-calling-app/playwright";',
    "",
    ...(Object.keys(options).length > 0 ? [`test.use(${literal(options)});`, ""] : []),
    ...(isIncomplete ? userActions.flatMap(todoOf) : []),
    `${isIncomplete ? "// Remove .fixme when every user action is implemented.\ntest.fixme" : "test"}("repeats a session", async ({ hubspot }) => {`,
    ...(app === undefined && userActions.length > 0
      ? [`  const press = (id: string) => hubspot.app.locator(\`#\${id}\`).click();`]
      : []),
    ...(body.some((line) => line.includes("idsOf(")) ? idsOf : []),
    ...(findings.length > 0 ? [`  hubspot.expectFindings(${literal(findings)});`] : []),
    ...body.map((line) => `  ${line}`),
    `  await expect.poll(() => hubspot.engagements()).toMatchObject(${literal(engagementsIn(session))});`,
    "});",
    "",
  ].join("\n");
}

const idsOf = [
  "  /** Returns the ids of a call in this run. The argument is the data of the message that started the call. */",
  "  const idsOf = async ({ externalCallId }: { externalCallId: unknown }) => {",
  "    const engagements = await hubspot.engagements();",
  "    const engagement = engagements.find((each) => each.externalCallId === String(externalCallId));",
  "    return { externalCallId, engagementId: engagement?.engagementId };",
  "  };",
];

function todoOf(name: string): string[] {
  return [
    `// TODO ${name}: rename _app to app, and do what the user did here, for example: await app.getByRole("button", { name: "…" }).click();`,
    `async function ${name}(_app: FrameLocator) {}`,
    "",
  ];
}

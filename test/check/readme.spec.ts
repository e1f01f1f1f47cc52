import { readFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { scenarioNames } from "../../src/check/check.ts";
import { userActionNames } from "../../src/check/context/user-actions.ts";

test("the check's README lists every scenario, option and user action", async () => {
  const [readme, command] = await Promise.all(
    ["README.md", "command.ts"].map((name) => readFile(`src/check/${name}`, "utf8")),
  );
  const options = [...(command ?? "").matchAll(/"(--[a-z-]+)/g)].map(([, option = ""]) => option);
  expect(options.length).toBeGreaterThan(6);
  const texts = [
    ...scenarioNames.map((name) => `\`${name}\``),
    ...options.map((option) => `| \`${option}`),
    ...userActionNames.map((name) => `export const ${name} `),
  ];
  expect(texts.filter((text) => !readme?.includes(text))).toEqual([]);
});

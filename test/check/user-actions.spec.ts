// Steps files: what is taken, and the line that says what is wrong with the others.
import { readdir, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { UsageError } from "../../src/check/usage.ts";
import { loadSteps } from "../../src/check/user-actions.ts";

test("steps are taken from JavaScript and from TypeScript, with what they import", async () => {
  const folder = test.info().outputPath();
  await writeFile(`${folder}/press.ts`, "export const press = (name: string) => () => name;");
  await writeFile(`${folder}/typed.ts`, 'import { press } from "./press.ts"; export const hangUp = press("Hang up");');
  await writeFile(`${folder}/plain.mjs`, "export function logIn() {}\nexport const callOut = async () => {};");
  expect(Object.keys(await loadSteps(`${folder}/typed.ts`, 5000))).toEqual(["hangUp"]);
  expect(Object.keys(await loadSteps(`${folder}/plain.mjs`, 5000))).toEqual(["logIn", "callOut"]);
  expect((await readdir(folder)).toSorted()).toEqual(["plain.mjs", "press.ts", "typed.ts"]);
});

const bad: [what: string, content: string, words: RegExp][] = [
  ["throws", 'throw new Error("no database")', /--steps .*throws\.mjs: no database/],
  ["never-ends", "await new Promise((_, reject) => setTimeout(reject, 3000))", /: it did not end within 500 ms/],
  ["exports-another", "export const dial = () => {};", /: exports dial; known: logIn, callOut, callIn, answer, hangUp/],
  ["exports-a-default", "export default { hangUp() {} };", /: exports a default; known: logIn/],
  ["exports-text", 'export const hangUp = "click";', /: hangUp must be a function, and is string/],
  ["exports-nothing", "", /: exports nothing; it may export logIn/],
  ["is-broken", "export const = 5", /--steps .*is-broken\.mjs: /],
];
for (const [what, content, words] of bad) {
  test(`a file that ${what.replaceAll("-", " ")}`, async () => {
    const path = test.info().outputPath(`${what}.mjs`);
    await writeFile(path, content);
    const refusal = await loadSteps(path, 500).catch((error: unknown) => error);
    expect(refusal).toBeInstanceOf(UsageError);
    expect(refusal).toHaveProperty("message", expect.stringMatching(words));
  });
}

test("a file that is not there", async () => {
  await expect(loadSteps("nowhere/steps.ts", 500)).rejects.toThrow("--steps nowhere/steps.ts: there is no such file");
});

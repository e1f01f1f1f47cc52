import { readdir, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { loadUserActions } from "../../../src/check/context/load-user-actions.ts";
import { UsageError } from "../../../src/node/usage-error.ts";

test("loads a JavaScript file and a TypeScript file that has an import, and leaves no temporary file behind", async () => {
  const folder = test.info().outputPath();
  await writeFile(`${folder}/press.ts`, "export const press = (name: string) => () => name;");
  await writeFile(`${folder}/typed.ts`, 'import { press } from "./press.ts"; export const hangUp = press("Hang up");');
  await writeFile(`${folder}/plain.mjs`, "export function logIn() {}\nexport const placeCall = async () => {};");
  expect(Object.keys(await loadUserActions(`${folder}/typed.ts`, 5000))).toEqual(["hangUp"]);
  expect(Object.keys(await loadUserActions(`${folder}/plain.mjs`, 5000))).toEqual(["logIn", "placeCall"]);
  expect((await readdir(folder)).toSorted()).toEqual(["plain.mjs", "press.ts", "typed.ts"]);
});

const known = "logIn, placeCall, receiveCall, answer, hangUp, complete";
const badFiles: [fault: string, content: string, message: string][] = [
  ["throws", 'throw new Error("no database")', "no database"],
  [
    "does not finish in time",
    "await new Promise((_, reject) => setTimeout(reject, 3000))",
    "not finished within 500 ms",
  ],
  ["has an unknown export", "export const dial = () => {};", `unknown export dial; export only ${known}`],
  ["has a default export", "export default { hangUp() {} };", `unexpected default export; export only ${known}`],
  ["exports a string", 'export const hangUp = "click";', "hangUp has type string; export a function"],
  ["exports nothing", "", `the file exports nothing; export at least one of ${known}`],
  ["has a syntax error", "export const = 5", ""],
];
for (const [fault, content, message] of badFiles) {
  test(`rejects a file that ${fault}`, async () => {
    const path = test.info().outputPath("actions.mjs");
    await writeFile(path, content);
    const error = await loadUserActions(path, 500).catch((error: unknown) => error);
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toHaveProperty("message", expect.stringContaining(`--user-actions ${path}: ${message}`));
  });
}

test("rejects a file that does not exist", async () => {
  await expect(loadUserActions("nowhere/actions.ts", 500)).rejects.toThrow(
    "--user-actions nowhere/actions.ts: the file does not exist",
  );
});

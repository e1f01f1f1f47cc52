// Where a check's result goes: the report's folder and stdout, also when they take nothing.
import { spawn } from "node:child_process";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { build } from "esbuild";
import { openReport } from "../../src/check/output.ts";
import { UsageError } from "../../src/check/usage.ts";

const failureOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

test("the page is there when it is written, whole and alone; an earlier one goes before the check begins", async () => {
  const folder = test.info().outputPath("made", "for it");
  const write = await openReport(folder);
  expect(await readdir(folder)).toEqual([]);
  await write("first");
  await openReport(folder);
  expect(await readdir(folder)).toEqual([]);
  await write("second");
  expect(await readdir(folder)).toEqual(["index.html"]);
  expect(await readFile(`${folder}/index.html`, "utf8")).toBe("second");
});

test("a folder that cannot be written is told before the check; one that cannot be any more, after it", async () => {
  const folder = test.info().outputPath("report");
  const words = expect.stringContaining(`--report ${folder}: cannot be written: E`);
  const write = await openReport(folder);
  await rm(folder, { recursive: true });
  await writeFile(folder, "a file");
  for (const refusal of [await failureOf(openReport(folder)), await failureOf(write("page"))]) {
    expect(refusal).toBeInstanceOf(UsageError);
    expect(refusal).toHaveProperty("message", words);
  }
});

test("what was written of a page that does not come about goes", async () => {
  const folder = test.info().outputPath("report");
  const write = await openReport(folder);
  await mkdir(`${folder}/index.html/in the way`, { recursive: true });
  expect(await failureOf(write("page"))).toBeInstanceOf(UsageError);
  expect(await readdir(folder)).toEqual(["index.html"]);
});

test("a full disk behind stdout is one line", async () => {
  test.skip(!existsSync("/dev/full"), "Linux has a disk that is always full");
  const contents = `import { print } from "./src/check/output.ts";
    await print("the result").catch(({ constructor, message }) => console.error(constructor.name, message));`;
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: ".", loader: "ts" },
    bundle: true,
    platform: "node",
    format: "esm",
    write: false,
  });
  const full = openSync("/dev/full", "w");
  const words = ["--input-type=module", "--eval", outputFiles[0]?.text ?? ""];
  const child = spawn(process.execPath, words, { stdio: ["ignore", full, "pipe"] });
  closeSync(full);
  let printed = "";
  child.stderr?.on("data", (data) => (printed += data));
  const code = await new Promise((ended) => child.on("close", ended));
  expect([printed.trim().split("\n"), code]).toEqual([
    [expect.stringMatching(/^UsageError stdout: cannot be written: ENOSPC/)],
    0,
  ]);
});

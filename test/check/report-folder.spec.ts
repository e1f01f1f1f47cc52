// The folder of --report, also when nothing can be written there.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { createReportWriter } from "../../src/check/report-folder.ts";
import { UsageError } from "../../src/node/usage-error.ts";

const failureOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

test("writes the page whole and alone, and deletes an earlier one before the check begins", async () => {
  const folder = test.info().outputPath("made", "for it");
  const write = await createReportWriter(folder);
  expect(await readdir(folder)).toEqual([]);
  await write("first");
  await createReportWriter(folder);
  expect(await readdir(folder)).toEqual([]);
  await write("second");
  expect(await readdir(folder)).toEqual(["index.html"]);
  expect(await readFile(`${folder}/index.html`, "utf8")).toBe("second");
});

test("refuses a folder that cannot be written, before the check and after it", async () => {
  const folder = test.info().outputPath("report");
  const words = expect.stringContaining(`--report ${folder}: cannot be written: E`);
  const write = await createReportWriter(folder);
  await rm(folder, { recursive: true });
  await writeFile(folder, "a file");
  for (const refusal of [await failureOf(createReportWriter(folder)), await failureOf(write("page"))]) {
    expect(refusal).toBeInstanceOf(UsageError);
    expect(refusal).toHaveProperty("message", words);
  }
});

test("deletes what was written of a page that cannot be finished", async () => {
  const folder = test.info().outputPath("report");
  const write = await createReportWriter(folder);
  await mkdir(`${folder}/index.html/in the way`, { recursive: true });
  expect(await failureOf(write("page"))).toBeInstanceOf(UsageError);
  expect(await readdir(folder)).toEqual(["index.html"]);
});

// Writes the report to the --report folder, and rejects a folder that is not writable.
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { createReportWriter } from "../../src/check/report-folder.ts";
import { UsageError } from "../../src/node/usage-error.ts";

const failureOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);

test("writes one complete page, and deletes an earlier page before the check starts", async () => {
  const folder = test.info().outputPath("new", "folder");
  const write = await createReportWriter(folder);
  expect(await readdir(folder)).toEqual([]);
  await write("first");
  await createReportWriter(folder);
  expect(await readdir(folder)).toEqual([]);
  await write("second");
  expect(await readdir(folder)).toEqual(["index.html"]);
  expect(await readFile(`${folder}/index.html`, "utf8")).toBe("second");
});

test("rejects a folder that is not writable, before and after the check", async () => {
  const folder = test.info().outputPath("report");
  const message = expect.stringContaining(`--report ${folder}: cannot write to the folder: E`);
  const write = await createReportWriter(folder);
  await rm(folder, { recursive: true });
  await writeFile(folder, "a file");
  for (const error of [await failureOf(createReportWriter(folder)), await failureOf(write("page"))]) {
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toHaveProperty("message", message);
  }
});

test("deletes an incomplete page", async () => {
  const folder = test.info().outputPath("report");
  const write = await createReportWriter(folder);
  await mkdir(`${folder}/index.html/obstacle`, { recursive: true });
  expect(await failureOf(write("page"))).toBeInstanceOf(UsageError);
  expect(await readdir(folder)).toEqual(["index.html"]);
});

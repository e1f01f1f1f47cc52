// Writes reports, but does not overwrite a file that the check did not write, unless the file is empty.
import { mkdir, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { OutputFile } from "../../../src/check/reporters/output-file.ts";
import { UsageError } from "../../../src/node/usage-error.ts";

const failureOf = (promise: Promise<unknown>) => promise.catch((error: unknown) => error);
const outputIn = (folder: string) => new OutputFile(join(folder, "page.html"), /^Report/, "--report here");

test("inspects the path without changing anything, deletes the check's earlier report, and then writes the new one", async () => {
  const folder = test.info().outputPath("new", "folder");
  const output = outputIn(folder);
  await output.inspect();
  await expect(readdir(folder), "changes nothing").rejects.toThrow("ENOENT");
  await output.prepare();
  expect(await readdir(folder)).toEqual([]);
  await output.write("Report 1");
  await output.inspect();
  expect(await readdir(folder)).toEqual(["page.html"]);
  await output.prepare();
  expect(await readdir(folder)).toEqual([]);
  await output.write("Report 2");
  expect(await readdir(folder)).toEqual(["page.html"]);
  expect(await readFile(join(folder, "page.html"), "utf8")).toBe("Report 2");
});

test("rejects a file that the check did not write, even if it appears during the check", async () => {
  const folder = test.info().outputPath("site");
  const output = outputIn(folder);
  await output.inspect();
  await output.prepare();
  await writeFile(join(folder, "page.html"), "A Report of a user");
  const message = `--report here: ${join(folder, "page.html")} exists, and the check did not write it; choose another name`;
  for (const act of [() => output.inspect(), () => output.prepare(), () => output.write("Report")]) {
    const error = await failureOf(act());
    expect(error).toBeInstanceOf(UsageError);
    expect(error).toHaveProperty("message", message);
  }
  expect(await readdir(folder)).toEqual(["page.html"]);
  expect(await readFile(join(folder, "page.html"), "utf8")).toBe("A Report of a user");
});

test("overwrites an empty file", async () => {
  const path = test.info().outputPath("page.html");
  await writeFile(path, "");
  const output = new OutputFile(path, /^Report/, "--report here");
  await output.prepare();
  await output.write("Report");
  expect(await readFile(path, "utf8")).toBe("Report");
});

test("rejects a report folder that is a file, before and after the check", async () => {
  const folder = test.info().outputPath("report");
  const output = outputIn(folder);
  await output.prepare();
  await rm(folder, { recursive: true });
  await writeFile(folder, "a file");
  for (const act of [() => output.inspect(), () => output.prepare(), () => output.write("Report")]) {
    const error = await failureOf(act());
    expect(error).toBeInstanceOf(UsageError);
    const message = `--report here: cannot write ${join(folder, "page.html")}: E`;
    expect(error).toHaveProperty("message", expect.stringContaining(message));
  }
});

test("rejects a path that is a folder, and leaves no temporary file behind", async () => {
  const folder = test.info().outputPath("report");
  const output = outputIn(folder);
  await mkdir(join(folder, "page.html", "obstacle"), { recursive: true });
  const error = await failureOf(output.write("Report"));
  expect(error).toHaveProperty("message", expect.stringContaining("page.html is a folder"));
  expect(await readdir(folder)).toEqual(["page.html"]);
});

test("does not follow a symbolic link to a missing file", async () => {
  test.skip(process.platform === "win32", "symbolic links require permissions on Windows");
  const folder = test.info().outputPath("report");
  await mkdir(folder);
  await symlink("elsewhere", join(folder, "page.html"));
  expect(await failureOf(outputIn(folder).write("Report"))).toBeInstanceOf(UsageError);
  expect(await readdir(folder)).toEqual(["page.html"]);
});

test("accepts a device as its path", async () => {
  test.skip(process.platform === "win32", "Windows has no /dev/null");
  const output = new OutputFile("/dev/null", /^Report/, "--reporter list:/dev/null");
  await output.inspect();
  await output.prepare();
  await output.write("Report");
});

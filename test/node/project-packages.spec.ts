import { mkdir, realpath, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "@playwright/test";
import { importPackage, resolvePackages } from "../../src/node/project-packages.ts";

/** Creates a project that contains packages with these names and code. */
async function createProject(packages: Record<string, string>): Promise<string> {
  const folder = await realpath(test.info().outputDir).catch(() => test.info().outputDir);
  for (const [name, code] of Object.entries(packages)) {
    await mkdir(join(folder, "node_modules", name), { recursive: true });
    await writeFile(join(folder, "node_modules", name, "index.js"), code);
  }
  return folder;
}

test("searches the file's project first, and keeps the order of the requested names", async () => {
  const project = await createProject({ first: "", second: "", typescript: "" });
  const pathOf = (name: string) => join(project, "node_modules", name, "index.js");
  const from = join(project, "file.ts");
  expect(resolvePackages(["first", "second"], from)).toEqual([pathOf("first"), pathOf("second")]);
  expect(resolvePackages(["typescript"], from)[0]).toBe(pathOf("typescript"));
});

test("searches the working directory by default", () => {
  expect(resolvePackages(["typescript"])[0]).toContain(join("node_modules", "typescript"));
});

test("imports the first package that is installed and not broken", async () => {
  const project = await createProject({ broken: "throw new Error()", sound: "module.exports = { name: 'sound' }" });
  expect(await importPackage(["missing", "broken", "sound"], join(project, "file.ts"))).toEqual({ name: "sound" });
});

test("returns nothing for a package that is not installed", async () => {
  expect(resolvePackages(["no-such-package"])).toEqual([]);
  expect(await importPackage(["no-such-package"])).toBeUndefined();
});

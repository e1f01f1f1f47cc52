import { readFile, writeFile } from "node:fs/promises";
import { expect, test } from "@playwright/test";
import { reportOf } from "../../../src/check/report/create-report.ts";
import { finding } from "../../../src/check/report/findings.ts";
import { outcomeOf, type ScenarioRun } from "../../../src/check/report/report.ts";
import { createOutputs, parseReporters } from "../../../src/check/reporters/reporters.ts";
import { UsageError } from "../../../src/node/usage-error.ts";

const findings = [finding("uncaught", "boom", "on X")];
const runs: ScenarioRun[] = [
  { name: "events", expectation: "works", result: outcomeOf(findings, undefined), findings, milliseconds: 5 },
];
const report = reportOf("http://localhost:3000/", "1.0", runs, false, 10);
const result = { report, runs, referenceOf: ({ reference }: { reference: string }) => reference };

test("parses reporter names with file and folder paths, including Windows paths", () => {
  expect(parseReporters("list, junit:a b/c.xml,html:C:\\report,github")).toEqual([
    { name: "list", option: "--reporter list" },
    { name: "junit", path: "a b/c.xml", option: "--reporter junit:a b/c.xml" },
    { name: "html", path: "C:\\report", option: "--reporter html:C:\\report" },
    { name: "github", option: "--reporter github" },
  ]);
});

test("rejects unknown reporters and missing paths", () => {
  const all = "The reporters are: list, json, junit, html, github";
  expect(() => parseReporters("list,tap")).toThrow(all);
  expect(() => parseReporters("")).toThrow(all);
  expect(() => parseReporters("junit:")).toThrow('A file or folder must follow "junit:"');
  expect(() => parseReporters("html")).toThrow("html needs a folder, for example html:report");
});

test("rejects a second reporter that prints to stdout alongside json or junit, and two reporters that write to the same file", () => {
  const outputs = (value: string) => () => createOutputs(parseReporters(value), {});
  expect(outputs("list,json")).toThrow("json and list cannot both print");
  expect(outputs("github,junit")).toThrow("junit and github cannot both print");
  expect(outputs("list,json")).toThrow(UsageError);
  expect(outputs("json:a,junit:a")).toThrow("two reporters write to a");
  expect(outputs("list,github,json:a,junit:b,html:c")).not.toThrow();
});

test("recognizes a file under two spellings of its path, and ignores their case except on Linux", () => {
  const outputs = (value: string) => () => createOutputs(parseReporters(value), {});
  expect(outputs("json:a/b,junit:./a/c/../b")).toThrow("two reporters write to ./a/c/../b");
  const { platform } = process;
  Object.defineProperty(process, "platform", { value: "win32" });
  try {
    expect(outputs("html:a,junit:a/Index.html")).toThrow("two reporters write to a/Index.html");
  } finally {
    Object.defineProperty(process, "platform", { value: platform });
  }
});

test("writes each report to its file, and overwrites the file in the next run", async () => {
  const path = (name: string) => test.info().outputPath(name);
  const value = `list:${path("list")},json:${path("json")},junit:${path("junit")},html:${path("html")}`;
  for (let run = 0; run < 2; run++) {
    const outputs = createOutputs(parseReporters(value), { GITHUB_STEP_SUMMARY: "not used" });
    await outputs.inspect();
    await outputs.prepare();
    await outputs.write(result);
  }
  const names = ["list", "json", "junit", "html/index.html"];
  const [list = "", json = "", junit = "", html = ""] = await Promise.all(
    names.map((name) => readFile(path(name), "utf8")),
  );
  expect(list).toContain("error uncaught: Uncaught error in the app\n  - on X: boom\n    seen in: events\n");
  expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(report)));
  expect(junit).toContain('<failure type="uncaught" message="uncaught: on X: boom">');
  expect(html).toContain("on X: boom");
});

test("writes the remaining reports if one report cannot be written", async () => {
  const [taken, list] = [test.info().outputPath("taken.json"), test.info().outputPath("list.txt")];
  const outputs = createOutputs(parseReporters(`json:${taken},list:${list}`), {});
  await outputs.prepare();
  await writeFile(taken, "a user's file");
  await expect(outputs.write(result)).rejects.toThrow(/--reporter json:.*did not write it/);
  expect(await readFile(list, "utf8")).toContain("boom");
});

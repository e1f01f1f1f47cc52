// The --reporter option: which reports the check writes, and where.
import { appendFile } from "node:fs/promises";
import { join } from "node:path";
import { errorText } from "../../http/error-text.ts";
import { pathKey } from "../../node/path-key.ts";
import { print } from "../../node/print.ts";
import { UsageError } from "../../node/usage-error.ts";
import type { ScenarioRun } from "../report/report.ts";
import { annotationsOf, jobSummaryOf } from "./github.ts";
import { htmlOf, htmlStart } from "./html.ts";
import { jsonOf } from "./json.ts";
import { junitOf } from "./junit.ts";
import { listOf, type ReportForReaders } from "./list.ts";
import { OutputFile } from "./output-file.ts";

export type CheckResult = ReportForReaders & { runs: readonly ScenarioRun[] };
type Format = (result: CheckResult) => string;

type Reporter = {
  /** Formats the report for stdout. Used if the user names no file. */
  print?: Format;
  /** Programs parse the output, so no other reporter can print. */
  printsAlone?: true;
  /** Formats the report for a file. */
  write: Format;
  /** Matches the start of every file that the reporter writes. */
  start: RegExp;
  /** The user names a folder, and the reporter writes a file with this name into that folder. */
  fileName?: string;
  /** Prints even if the user names a file. */
  alwaysPrints?: true;
  /** If the user names no file, the report is also appended to the file that this environment variable names. */
  variable?: string;
};

export const reporterNames = ["list", "json", "junit", "html", "github"] as const;
type ReporterName = (typeof reporterNames)[number];

const reporters: Record<ReporterName, Reporter> = {
  list: { print: listOf, write: listOf, start: /^Check of https?:/ },
  json: { print: jsonOf, printsAlone: true, write: jsonOf, start: /^\{\s*"version": 1,\s*"app": "/ },
  junit: {
    print: junitOf,
    printsAlone: true,
    write: junitOf,
    start: /^<\?xml[^>]*>\s*<testsuites>\s*<testsuite id="0" name="hubspot-calling-app check"/,
  },
  html: { write: (result) => htmlOf(result, result.runs), start: htmlStart, fileName: "index.html" },
  github: {
    print: annotationsOf,
    alwaysPrints: true,
    write: jobSummaryOf,
    start: /^<h2>Check of https?:/,
    variable: "GITHUB_STEP_SUMMARY",
  },
};

/** `option` is the option as the user wrote it, for error messages. */
export type Selected = { name: ReporterName; path?: string; option: string };

/**
 * Parses the value of --reporter, for example "list,junit:results/check.xml,html:report".
 * @throws an Error if a reporter is unknown, or a path is missing
 */
export function parseReporters(value: string): Selected[] {
  return value.split(",").map((item) => {
    const [, name = "", path] = /^([^:]*)(?::(.*))?$/s.exec(item.trim()) ?? [];
    const known = reporterNames.find((reporter) => reporter === name);
    if (!known) throw new Error(`The reporters are: ${reporterNames.join(", ")}`);
    if (path === "") throw new Error(`A file or folder must follow "${name}:"`);
    if (!path && !reporters[known].print) throw new Error(`${name} needs a folder, for example ${name}:report`);
    return { name: known, ...(path && { path }), option: `--reporter ${item.trim()}` };
  });
}

export type Outputs = {
  /** Checks the paths without changing anything. Call this before the check starts. */
  inspect(): Promise<void>;
  /** Deletes earlier reports. Call this as soon as the check has reached the app. */
  prepare(): Promise<void>;
  /** Tries to write every report, even if one of them cannot be written. */
  write(result: CheckResult): Promise<void>;
};

/**
 * @throws {UsageError} if another reporter would print together with json or junit, or if two reporters would write to the same
 * file. The returned functions reject with a UsageError if a report cannot be written.
 */
export function createOutputs(selected: readonly Selected[], environment: NodeJS.ProcessEnv): Outputs {
  const printing = selected.filter(({ name, path }) => isPrinting(reporters[name], path));
  const alone = printing.find(({ name }) => reporters[name].printsAlone);
  const other = printing.find((reporter) => reporter !== alone);
  if (alone && other) {
    const message = `${alone.name} and ${other.name} cannot both print; write one to a file, for example`;
    throw new UsageError(`${message} --reporter ${alone.name}:report.${alone.name === "json" ? "json" : "xml"}`);
  }
  const files = selected.flatMap(({ name, path, option }) => {
    if (path === undefined) return [];
    const { start, fileName, write } = reporters[name];
    const file = fileName ? join(path, fileName) : path;
    return [{ path: file, key: pathKey(file), write, output: new OutputFile(file, start, option) }];
  });
  const repeated = files.find(({ key }, index) => files.findIndex((file) => file.key === key) < index);
  if (repeated) throw new UsageError(`--reporter: two reporters write to ${repeated.path}`);
  return {
    inspect: () => all(files.map(({ output }) => output.inspect())),
    prepare: () => all(files.map(({ output }) => output.prepare())),
    write: (result) => {
      const names = new Set(printing.map(({ name }) => name));
      const printed = [...names].map((name) => reporters[name].print?.(result) ?? "").join("");
      return all([
        ...(printing.length > 0 ? [print(printed)] : []),
        ...files.map(({ output, write }) => output.write(write(result))),
        ...selected.map((reporter) => appendToVariable(reporter, result, environment)),
      ]);
    },
  };
}

function isPrinting({ print, alwaysPrints }: Reporter, path: string | undefined): boolean {
  return print !== undefined && (path === undefined || alwaysPrints === true);
}

async function appendToVariable(
  { name, path: chosen }: Selected,
  result: CheckResult,
  environment: NodeJS.ProcessEnv,
): Promise<void> {
  const { variable = "", write } = reporters[name];
  const path = environment[variable];
  if (!path || chosen !== undefined) return;
  await appendFile(path, write(result)).catch((error: unknown) => {
    throw new UsageError(`${variable}: cannot write ${path}: ${errorText(error)}`);
  });
}

/** Waits for all promises. If any of them reject, throws one error that contains the messages of all rejections. */
async function all(promises: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(promises);
  const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [errorText(outcome.reason)] : []));
  if (failures.length > 0) throw new UsageError(failures.join("; "));
}

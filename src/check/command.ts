import { join, relative } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { errorText } from "../http/error-text.ts";
import { createCommandLine } from "../node/command-line.ts";
import { PrintError, print } from "../node/print.ts";
import { printable } from "../node/printable.ts";
import { UsageError } from "../node/usage-error.ts";
import { check, scenarioNames } from "./check.ts";
import { loadUserActions } from "./context/load-user-actions.ts";
import { createOutputs, parseReporters, type Selected } from "./reporters/reporters.ts";

type Options = {
  userActions?: string;
  only?: string[];
  reporter?: Selected[];
  json?: true;
  report?: string;
  timeout: number;
  headed?: true;
  strict?: true;
};
type Arguments = { url: string; options: Options };

export type ProgramPaths = {
  /** The folder with the built pages. */
  pages: string;
  /** The root folder of the repository or the package. */
  root: string;
};

const moreHelp = `
The functions in the user actions file (.ts or .js) operate the app as a user would. The file exports any of logIn,
placeCall, receiveCall, answer, hangUp and complete. Each function receives the app's frame as a Playwright FrameLocator.
Leave out any step that the app performs by itself. Scenarios that need a missing function are "not tried".

Reporters, separated by commas; they do not overwrite files that the check did not write:
  list           prints the result (default)
  json           prints the result as JSON
  junit          prints JUnit XML
  github         prints annotations for GitHub Actions, and appends to the job summary
  html:FOLDER    writes an HTML report with findings, messages, screenshots and console output
  list:FILE, json:FILE and junit:FILE write to the file instead; github:FILE writes the job summary to the file.

Exit codes:
  0  no errors (with --strict: no warnings either)
  1  the app has errors (with --strict: errors or warnings)
  2  usage error, missing browser, unreachable app, or failure to write the result`;

/**
 * Runs the check command, and prints the result to stdout and errors to stderr. Never rejects. The caller must pass the exit
 * code to process.exit, because an unfinished user action would otherwise keep the process running.
 * @param commandName how the user starts the command, for example `npm run check --`
 * @returns the exit code: see the help text, or 130 if a signal interrupted the check
 */
export async function checkCommand(args: string[], paths: ProgramPaths, commandName: string): Promise<number> {
  try {
    const parsed = parseArguments(args, commandName);
    if (typeof parsed === "object") return await run(parsed, paths);
    await print(parsed);
    return 0;
  } catch (error) {
    console.error(printable(errorText(error)));
    return error instanceof UsageError || error instanceof PrintError ? 2 : 1;
  }
}

function parseArguments(args: string[], commandName: string): Arguments | string {
  let parsed: Arguments | undefined;
  const { program, parse } = createCommandLine(commandName);
  addOptions(program).action((url: string, options: Options) => {
    parsed = { url, options };
  });
  return parse(args) ?? parsed ?? "";
}

function addOptions(program: Command): Command {
  return program
    .description("Checks a calling app in the simulator, and lists the app's faults.")
    .helpOption("-h, --help", "print this help")
    .argument("<url>", "URL of the app, for example http://localhost:3000/")
    .option(
      "--user-actions <file>",
      "file whose functions operate the app as a user would; without it, calls are not tried",
    )
    .option(
      "--only <text>",
      "run only framing, handshake, and scenarios whose names contain this text; repeatable",
      addText,
    )
    .option("--reporter <list>", "reporters for the result, for example list,junit:check.xml; see below", addReporters)
    .option("--json", "same as --reporter json")
    .option("--report <folder>", "add html:<folder> to the selected reporters, or to the default reporter")
    .option("--timeout <ms>", "time limit for each step in the app", milliseconds, 10_000)
    .option("--headed", "show the browser")
    .option("--strict", "treat warnings as failures")
    .addHelpText("after", moreHelp);
}

function addText(text: string, previous: string[] = []): string[] {
  if (scenarioNames.some((name) => name.includes(text))) return [...previous, text];
  throw new InvalidArgumentError(`No scenario name contains this text; the names are: ${scenarioNames.join("; ")}`);
}

function addReporters(text: string, previous: Selected[] = []): Selected[] {
  try {
    return [...previous, ...parseReporters(text)];
  } catch (error) {
    throw new InvalidArgumentError(errorText(error));
  }
}

function milliseconds(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Use a whole number of milliseconds from 1 to 9999999");
}

/** Shells use this exit code after Ctrl-C. */
const interruptedExitCode = 130;
const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

async function run(parsed: Arguments, paths: ProgramPaths): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const name of signals) process.once(name, interrupt);
  try {
    return await runCheck(parsed, paths, interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error("The check was interrupted. It closed the browser and the simulator.");
    return interruptedExitCode;
  } finally {
    clearProgress();
    for (const name of signals) process.off(name, interrupt);
  }
}

async function runCheck({ url, options }: Arguments, paths: ProgramPaths, signal: AbortSignal): Promise<number> {
  const { timeout: timeoutMs, headed = false, strict = false } = options;
  const selected = reportersOf(options);
  const outputs = createOutputs(selected, process.env);
  await outputs.inspect();
  const userActions = options.userActions === undefined ? {} : await loadUserActions(options.userActions, timeoutMs);
  const { report, runs } = await check({
    url,
    pages: paths.pages,
    userActions,
    timeoutMs,
    strict,
    headed,
    signal,
    takesPictures: selected.some(({ name }) => name === "html"),
    only: (name) => options.only?.some((text) => name.includes(text)) ?? true,
    onReached: outputs.prepare,
    onProgress: showProgress,
  });
  clearProgress();
  await outputs.write({ report, runs, referenceOf: ({ reference }) => relative(".", join(paths.root, reference)) });
  return report.result === "passed" ? 0 : 1;
}

function reportersOf({ reporter = [], json, report }: Options): Selected[] {
  const selected: Selected[] = json ? [...reporter, { name: "json", option: "--json" }] : reporter;
  const withDefault: Selected[] = selected.length > 0 ? selected : [{ name: "list", option: "the default reporter" }];
  if (report === undefined) return withDefault;
  return [...withDefault, { name: "html", path: report, option: `--report ${report}` }];
}

function showProgress(done: number, total: number, name: string): void {
  writeProgress(`${done} of ${total}: ${name}`);
}

const clearProgress = () => writeProgress("");

function writeProgress(text: string): void {
  if (!process.stderr.isTTY || process.env.CI) return;
  process.stderr.write(`\r\u001b[K${text}`);
}

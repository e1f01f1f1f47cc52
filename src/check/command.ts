import { type Command, InvalidArgumentError } from "commander";
import { errorText } from "../http/error-text.ts";
import { createCommandLine } from "../node/command-line.ts";
import { controlCharacters } from "../node/control-characters.ts";
import { PrintError, print } from "../node/print.ts";
import { UsageError } from "../node/usage-error.ts";
import { check, scenarioNames } from "./check.ts";
import { htmlOf } from "./html.ts";
import { loadUserActions } from "./load-user-actions.ts";
import type { Report, ScenarioRun } from "./report.ts";
import { createReportWriter } from "./report-folder.ts";
import { tableOf } from "./table.ts";

type Options = {
  userActions?: string;
  only?: string[];
  json?: true;
  report?: string;
  timeout: number;
  headed?: true;
  strict?: true;
};
type Arguments = { url: string; options: Options };

const moreHelp = `
The functions in the user actions file (.ts or .js) operate the app as a user would. The file exports any of logIn,
placeCall, receiveCall, answer, hangUp and complete. Each function receives the app's frame as a Playwright FrameLocator.
Leave out any step that the app performs by itself. Scenarios that need a missing function are skipped ("not tried").

Exit codes:
  0  no errors (with --strict: no warnings either)
  1  the app has errors (with --strict: errors or warnings)
  2  usage error, missing browser, unreachable app, or failure to write the result`;

/**
 * Prints the result to stdout and errors to stderr. Never rejects. The caller must pass the exit code to process.exit,
 * because an unfinished user action would keep the process running.
 * @param commandName the command as users type it, for example `npm run check --`
 * @returns the exit code; see the help text
 */
export async function checkCommand(args: string[], pages: string, commandName: string): Promise<number> {
  try {
    const parsed = parseArguments(args, commandName);
    if (typeof parsed === "object") return await run(parsed, pages);
    await print(parsed);
    return 0;
  } catch (error) {
    console.error(errorText(error).replace(controlCharacters, " "));
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
    .description("Checks a calling app in the simulator, and lists its faults.")
    .helpOption("-h, --help", "print this help")
    .argument("<url>", "URL of the app, for example http://localhost:3000/")
    .option(
      "--user-actions <file>",
      "file whose functions operate the app as a user would; without it, calls are skipped",
    )
    .option(
      "--only <text>",
      "run only framing, handshake, and scenarios whose names contain this text; repeatable",
      addText,
    )
    .option("--json", "print the result as JSON")
    .option("--report <folder>", "write an HTML report with findings, messages, screenshots and console output")
    .option("--timeout <ms>", "time limit for each step in the app", milliseconds, 10_000)
    .option("--headed", "show the browser")
    .option("--strict", "treat warnings as failures")
    .addHelpText("after", moreHelp);
}

function addText(text: string, previous: string[] = []): string[] {
  if (scenarioNames.some((name) => name.includes(text))) return [...previous, text];
  throw new InvalidArgumentError(`No scenario name contains this text; the names are: ${scenarioNames.join("; ")}`);
}

function milliseconds(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Use a whole number of milliseconds from 1 to 9999999");
}

/** Shells use this exit code after Ctrl-C. */
const interruptedExitCode = 130;
const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

async function run(parsed: Arguments, pages: string): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const name of signals) process.once(name, interrupt);
  try {
    return await runCheck(parsed, pages, interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error("The check was interrupted. It closed the browser and the simulator.");
    return interruptedExitCode;
  } finally {
    clearProgress();
    for (const name of signals) process.off(name, interrupt);
  }
}

async function runCheck({ url, options }: Arguments, pages: string, signal: AbortSignal): Promise<number> {
  const { timeout: timeoutMs, json, report: folder, headed = false, strict = false } = options;
  const userActions = options.userActions === undefined ? {} : await loadUserActions(options.userActions, timeoutMs);
  const writePage = folder === undefined ? undefined : await createReportWriter(folder);
  const { report, runs } = await check({
    url,
    pages,
    userActions,
    timeoutMs,
    strict,
    headed,
    signal,
    takesPictures: writePage !== undefined,
    only: (name) => options.only?.some((text) => name.includes(text)) ?? true,
    onProgress: showProgress,
  });
  clearProgress();
  const text = json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report);
  await writeAll(text, report, runs, writePage);
  return report.result === "passed" ? 0 : 1;
}

async function writeAll(
  text: string,
  report: Report,
  runs: ScenarioRun[],
  writePage: ((html: string) => Promise<void>) | undefined,
): Promise<void> {
  const outcomes = await Promise.allSettled([print(text), writePage?.(htmlOf(report, runs))]);
  const failures = outcomes.flatMap((outcome) => (outcome.status === "rejected" ? [errorText(outcome.reason)] : []));
  if (failures.length > 0) throw new UsageError(failures.join("; "));
}

function showProgress(done: number, total: number, name: string): void {
  writeProgress(`${done} of ${total}: ${name}`);
}

const clearProgress = () => writeProgress("");

function writeProgress(text: string): void {
  if (!process.stderr.isTTY || process.env.CI) return;
  process.stderr.write(`\r\u001b[K${text}`);
}

// The command line of the check: options, output and exit code.
import { type Command, InvalidArgumentError } from "commander";
import { errorText } from "../http/error-text.ts";
import { createCommandLine } from "../node/command-line.ts";
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
The user actions file (.ts or .js) drives the app like a user. It exports any of these functions: logIn, placeCall,
receiveCall, answer, hangUp, complete. Each receives the app's frame as a Playwright FrameLocator. Leave out the steps
that the app does itself. Scenarios that need a missing action are skipped ("not tried").

Exit codes:
  0  no errors (with --strict: no warnings either)
  1  the app has errors (with --strict: errors or warnings)
  2  usage error, no browser, the app cannot be reached, or the result cannot be written`;

/**
 * Prints the result to stdout and errors to stderr. Never rejects. The caller must end the process with the exit code,
 * because a user action that never ends keeps it running.
 * @param simulatorPage path of the simulator's built page
 * @param commandName the command as users type it, for example `npm run check --`
 * @returns the exit code, as in the help text
 */
export async function checkCommand(args: string[], simulatorPage: string, commandName: string): Promise<number> {
  try {
    const parsed = parseArguments(args, commandName);
    if (typeof parsed === "object") return await run(parsed, simulatorPage);
    await print(parsed);
    return 0;
  } catch (error) {
    console.error(errorText(error).replace(/\p{Cc}/gu, " "));
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
    .description("Checks a calling app against simulated HubSpot behaviour, and lists what it does wrong.")
    .helpOption("-h, --help", "print this help")
    .argument("<url>", "URL of the app, for example http://localhost:3000/")
    .option("--user-actions <file>", "functions that drive the app like a user; without them, calls are skipped")
    .option("--only <text>", "run framing, handshake, and scenarios whose name contains this text; repeatable", addText)
    .option("--json", "print the result as JSON")
    .option("--report <folder>", "write an HTML report: findings, messages, screenshots, console output")
    .option("--timeout <ms>", "time limit for each step in the app", milliseconds, 10_000)
    .option("--headed", "show the browser")
    .option("--strict", "treat warnings as failures")
    .addHelpText("after", moreHelp);
}

function addText(text: string, previous: string[] = []): string[] {
  if (scenarioNames.some((name) => name.includes(text))) return [...previous, text];
  throw new InvalidArgumentError(
    `No scenario has this text in its name; the scenarios are: ${scenarioNames.join("; ")}`,
  );
}

function milliseconds(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Use a whole number of milliseconds from 1 to 9999999");
}

/** The exit code that shells use after Ctrl-C. */
const interruptedExitCode = 130;
const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

async function run(parsed: Arguments, simulatorPage: string): Promise<number> {
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const name of signals) process.once(name, interrupt);
  try {
    return await runCheck(parsed, simulatorPage, interruption.signal);
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error("The check was interrupted. The browser and the simulator are closed.");
    return interruptedExitCode;
  } finally {
    clearProgress();
    for (const name of signals) process.off(name, interrupt);
  }
}

async function runCheck({ url, options }: Arguments, simulatorPage: string, signal: AbortSignal): Promise<number> {
  const { timeout: timeoutMs, json, report: folder, headed = false, strict = false } = options;
  const userActions = options.userActions === undefined ? {} : await loadUserActions(options.userActions, timeoutMs);
  const writePage = folder === undefined ? undefined : await createReportWriter(folder);
  const { report, runs } = await check({
    url,
    simulatorPage,
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

/** Tries both outputs, even if one of them fails. */
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

// The command line of the check: its options, what is printed, and the exit code.
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
The user actions file (.ts or .js) exports what a person does in the app: logIn, placeCall, receiveCall, answer, hangUp,
complete. Each is a function that is called with Playwright's FrameLocator of the app. Leave out what the app does by
itself; a scenario is not tried if it needs an action that is missing.

Exit code 0: no errors were found, 1: errors (with --strict warnings too), 2: wrong usage, no browser, no app there, or a
result that cannot be written.`;

/**
 * Runs one check: the result goes to stdout, errors go to stderr. Does not reject. End the process with the exit code:
 * a user action that never ends would keep it running.
 * @param simulatorPage the built file of the simulator's page
 * @param commandName how a person writes the command, as `npm run check --`
 * @returns the exit code
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

/** Gives the text of the help, where the arguments ask for it. */
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
    .description("Has a calling app go through what HubSpot does to one, and says what is wrong with it.")
    .argument("<url>", "where the app is, as http://localhost:3000/")
    .option("--user-actions <file>", "what a person does in the app")
    .option(
      "--only <words>",
      "framing, the first handshake, and the scenarios with these words in their names; may be repeated",
      addWords,
    )
    .option("--json", "the result as JSON")
    .option("--report <folder>", "writes an HTML page there: findings, messages, pictures, the app's console")
    .option("--timeout <ms>", "how long the app may take for each thing that it has to do", milliseconds, 10_000)
    .option("--headed", "shows the browser")
    .option("--strict", "a warning is a failure too")
    .addHelpText("after", moreHelp);
}

/** The words must be in the name of a scenario. */
function addWords(words: string, previous: string[] = []): string[] {
  if (scenarioNames.some((name) => name.includes(words))) return [...previous, words];
  throw new InvalidArgumentError(`Known: ${scenarioNames.join("; ")}.`);
}

function milliseconds(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number of milliseconds, from 1 to 9999999.");
}

/** What shells give for a program that Ctrl-C ended. */
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
    console.error("Interrupted: the browser and the server are closed.");
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
    only: (name) => options.only?.some((words) => name.includes(words)) ?? true,
    onProgress: showProgress,
  });
  clearProgress();
  const text = json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report);
  await writeAll(text, report, runs, writePage);
  return report.result === "passed" ? 0 : 1;
}

/** Tries both outputs: if one cannot be written, the other is there. */
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

/** One line of a terminal, overwritten each time. */
function showProgress(done: number, total: number, name: string): void {
  writeProgress(`${done} of ${total}: ${name}`);
}

const clearProgress = () => writeProgress("");

function writeProgress(text: string): void {
  if (!process.stderr.isTTY || process.env.CI) return;
  process.stderr.write(`\r\u001b[K${text}`);
}

// The command line of the check: its options, what is printed, and the exit code.
import { Command, CommanderError, InvalidArgumentError } from "commander";
import { check } from "./check.ts";
import { htmlOf } from "./html.ts";
import { openReport, print } from "./output.ts";
import { scenarios } from "./scenarios.ts";
import { tableOf } from "./table.ts";
import { UsageError } from "./usage.ts";
import { loadSteps } from "./user-actions.ts";

type Options = {
  steps?: string;
  only?: string[];
  json?: true;
  report?: string;
  timeout: number;
  headed?: true;
  strict?: true;
};
type Asked = { url: string; options: Options };

const more = `
A steps file (.ts or .js) exports what a person does in the app, each a function that is given Playwright's FrameLocator
of the app: logIn, callOut, callIn, answer, hangUp, complete. What is left out is not tried, or is the app's own doing.

Exit code 0: no error was found, 1: errors (with --strict warnings too), 2: wrong usage, no browser, no app
there, or a result that cannot be written.`;

/**
 * Runs one check, given as the words behind the command's name: the result goes to stdout, what is wrong to stderr.
 * Gives the exit code, with which the process is to be ended: a step that never ends would hold it. `page` is the file
 * of the simulator's page, built; `called` is how a person writes the command. Does not reject.
 */
export async function checkCommand(args: string[], page: string, called: string): Promise<number> {
  try {
    const asked = readCommand(args, called);
    if (typeof asked === "object") return await run(asked, page);
    await print(asked);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : `${error}`;
    console.error(message.replace(/\p{Cc}/gu, " "));
    return error instanceof UsageError ? 2 : 1;
  }
}

/** What is asked, or the text of the help. */
function readCommand(args: string[], called: string): Asked | string {
  let asked: Asked | undefined;
  let help = "";
  const writeOut = (text: string) => {
    help += text;
  };
  const command = new Command(called)
    .description("Has a calling app go through what HubSpot does to one, and says what is wrong with it.")
    .exitOverride()
    .configureOutput({ writeOut, writeErr: () => {}, getOutHelpWidth: () => 120 })
    .argument("<url>", "where the app is, as http://localhost:3000/")
    .option("--steps <file>", "what a person does in the app")
    .option(
      "--only <words>",
      "framing, the first handshake, and what has these words in its name; may be repeated",
      known,
    )
    .option("--json", "the result as JSON")
    .option("--report <folder>", "writes an HTML page there: findings, messages, pictures, the app's console")
    .option("--timeout <ms>", "how long the app may take for whatever it is asked", milliseconds, 10_000)
    .option("--headed", "shows the browser")
    .option("--strict", "a warning is a failure too")
    .addHelpText("after", more)
    .action((url: string, options: Options) => {
      asked = { url, options };
    });
  try {
    command.parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return help;
    const what = error.message.replace(/^error: /, "").replaceAll("\n", " ");
    throw new UsageError(`${what}; ${called} --help has what is known`);
  }
  return asked ?? help;
}

/** Adds words that some scenario's name has to those before them. */
function known(words: string, before: string[] = []): string[] {
  const names = ["framing", "handshake", ...scenarios.map(({ name }) => name)];
  if (names.some((name) => name.includes(words))) return [...before, words];
  throw new InvalidArgumentError(`Known: ${names.join("; ")}.`);
}

function milliseconds(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number of milliseconds, from 1 to 9999999.");
}

/** As shells have it of Ctrl-C. */
const interrupted = 130;
const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];

async function run({ url, options }: Asked, page: string): Promise<number> {
  const { timeout, json, report: folder, headed = false, strict = false } = options;
  const interruption = new AbortController();
  const interrupt = () => interruption.abort();
  for (const name of signals) process.once(name, interrupt);
  try {
    const steps = options.steps === undefined ? {} : await loadSteps(options.steps, timeout);
    const write = folder === undefined ? undefined : await openReport(folder);
    const { signal } = interruption;
    const only = (name: string) => options.only?.some((words) => name.includes(words)) ?? true;
    const asked = { url, page, steps, timeout, strict, headed, signal, only, pictures: write !== undefined };
    const { report, played } = await check({ ...asked, progress: showProgress });
    showProgress();
    const text = json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report);
    // Where the one cannot be written, the other is there.
    const html = write && htmlOf(report, played);
    const outcomes = await Promise.allSettled([print(text), html && write(html)]);
    const refused = outcomes.flatMap((one) => (one.status === "rejected" ? [`${one.reason.message}`] : []));
    if (refused.length > 0) throw new UsageError(refused.join("; "));
    return report.result === "passed" ? 0 : 1;
  } catch (error) {
    if (!interruption.signal.aborted) throw error;
    console.error("Interrupted: the browser and the server are closed.");
    return interrupted;
  } finally {
    showProgress();
    for (const name of signals) process.off(name, interrupt);
  }
}

/** One line that is written over, where somebody sits before a terminal; without words, it goes. */
function showProgress(done = 0, of = 0, name = ""): void {
  if (!process.stderr.isTTY || process.env.CI) return;
  process.stderr.write(`\r\u001b[K${name && `${done} of ${of}: ${name}`}`);
}

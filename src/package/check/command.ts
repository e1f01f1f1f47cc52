// The command `check`: options, what is printed, and the exit code.
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Command, InvalidArgumentError } from "commander";
import { check } from "./check.ts";
import { htmlOf } from "./html.ts";
import { loadSteps } from "./steps.ts";
import { tableOf } from "./table.ts";
import { UsageError } from "./usage.ts";

type Options = { steps?: string; json?: true; report?: string; timeout: number; headed?: true; strict?: true };

const exits = `
Exit code: 0 no error was found, 1 errors (with --strict, warnings too), 2 wrong usage, no browser, or no app there`;

/**
 * Adds the command to a program.
 * @param page the file of the stand-in's page, built
 */
export function addCheck(program: Command, page: string): void {
  program
    .command("check")
    .description("Has a calling app go through what HubSpot does to one, and says what is wrong with it")
    .argument("<url>", "where the app is, as http://localhost:3000/")
    .option("--steps <file>", "what a person does in the app: exports logIn, callOut, callIn, answer, hangUp, complete")
    .option("--json", "the result as JSON on stdout")
    .option("--report <folder>", "writes an HTML page with messages and pictures there")
    .option("--timeout <ms>", "how long the app may take for whatever it is asked", milliseconds, 10_000)
    .option("--headed", "shows the browser")
    .option("--strict", "a warning is a failure too")
    .addHelpText("after", exits)
    .action(async (url: string, options: Options) => {
      const code = await run(url, options, page);
      // A step that never ends holds the process.
      process.exit(code);
    });
}

function milliseconds(text: string): number {
  if (/^[1-9]\d{0,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("It must be a whole number of milliseconds, from 1 to 9999999.");
}

async function run(url: string, options: Options, page: string): Promise<number> {
  const { timeout, json, report: folder, headed = false, strict = false } = options;
  const interruption = new AbortController();
  const signals: NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
  for (const name of signals) process.once(name, () => interruption.abort(new Error(`Interrupted by ${name}`)));
  try {
    const write = folder === undefined ? undefined : await openReport(folder);
    const steps = options.steps === undefined ? {} : await loadSteps(options.steps, timeout);
    const { signal } = interruption;
    const pictures = write !== undefined;
    const { report, played } = await check({
      url,
      page,
      steps,
      timeout,
      strict,
      headed,
      pictures,
      signal,
      progress: showProgress,
    });
    showProgress();
    await write?.(htmlOf(report, played));
    await print(json ? `${JSON.stringify(report, null, 2)}\n` : tableOf(report));
    return report.result === "passed" ? 0 : 1;
  } catch (error) {
    showProgress();
    if (interruption.signal.aborted) return 130;
    if (!(error instanceof UsageError)) throw error;
    console.error(error.message.replace(/\p{Cc}/gu, " "));
    return 2;
  }
}

/** Makes the folder and the page, before anything else takes its time. */
async function openReport(folder: string): Promise<(html: string) => Promise<void>> {
  const path = join(folder, "index.html");
  const write = async (html: string) => {
    try {
      await mkdir(folder, { recursive: true });
      await writeFile(path, html);
    } catch (error) {
      throw new UsageError(`--report ${folder}: cannot be written. ${error instanceof Error ? error.message : error}`);
    }
  };
  await write("");
  return write;
}

/** One line that is written over, where somebody sits before a terminal; without words, it goes. */
function showProgress(done = 0, of = 0, name = ""): void {
  if (!process.stderr.isTTY || process.env.CI) return;
  process.stderr.write(`\r\u001b[K${name && `${done}/${of} ${name}`}`);
}

function print(text: string): Promise<void> {
  return new Promise((written, failed) => {
    process.stdout.write(text, (error) => (error ? failed(error) : written()));
  });
}

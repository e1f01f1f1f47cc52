import { readFileSync } from "node:fs";
import { InvalidArgumentError } from "commander";
import { errorText } from "../http/error-text.ts";
import { isWebUrl } from "../http/web-url.ts";
import { createCommandLine } from "../node/command-line.ts";
import { print } from "../node/print.ts";
import { UsageError } from "../node/usage-error.ts";
import { readLog } from "../simulator/replay/replay.ts";
import { testCode } from "../simulator/replay/test-code.ts";

/**
 * Never rejects.
 * @param commandName the command as users type it
 * @returns the exit code. 0: test or help printed; 1: failure, for example an invalid log; 2: usage error
 */
export async function codegen(args: string[], commandName: string): Promise<number> {
  try {
    let code = "";
    const { program, parse } = createCommandLine(commandName);
    program
      .description("Prints a Playwright test that repeats the session in a log from the simulator's Messages tab.")
      .argument("<log>", "the downloaded log")
      .option("--app <url>", "URL of the app that sent the log's messages (default: the package's calling app)", webUrl)
      .helpOption("-h, --help", "print this help")
      .action((log: string, { app }: { app?: string }) => {
        code = testCode(readLog(readFileSync(log, "utf8")), { app });
      });
    const help = parse(args);
    await print(help ?? code);
    return 0;
  } catch (error) {
    console.error(errorText(error));
    return error instanceof UsageError ? 2 : 1;
  }
}

function webUrl(text: string): string {
  if (isWebUrl(text)) return new URL(text).href;
  throw new InvalidArgumentError("Use http://… or https://…");
}

// Parses command lines with Commander, for all commands. The caller prints the output and sets the exit code.
import { Command, CommanderError } from "commander";
import { UsageError } from "./usage-error.ts";

/** @param commandName the command as users type it, for example `npm run check --` */
export function createCommandLine(commandName: string) {
  let help = "";
  const program = new Command(commandName).exitOverride().configureOutput({
    writeOut: (text) => {
      help += text;
    },
    writeErr: () => {},
    getOutHelpWidth: () => 120,
  });

  /**
   * Parses the arguments, and runs the command's action.
   * @param explain converts Commander's error to the UsageError's message
   * @returns the help text or the version if the arguments request either; the action does not run in that case
   * @throws {UsageError}
   */
  function parse(
    args: readonly string[],
    explain = (error: CommanderError) => `${inOneLine(error)}; run \`${commandName} --help\` for usage`,
  ) {
    try {
      program.parse(args, { from: "user" });
    } catch (error) {
      if (!(error instanceof CommanderError)) throw error;
      if (error.exitCode !== 0) throw new UsageError(explain(error));
    }
    return help || undefined;
  }

  return { program, parse };
}

export function inOneLine({ message }: CommanderError): string {
  return message
    .replace(/^error: /, "")
    .replace(/\.$/, "")
    .replaceAll("\n", " ");
}

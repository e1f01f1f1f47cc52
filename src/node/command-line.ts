// The start of every command line here: commander neither prints nor ends the process, which is left to the caller.
import { Command, CommanderError } from "commander";
import { UsageError } from "./usage-error.ts";

/**
 * @param commandName how a person writes the command, as `npm run check --`
 * @returns the program, to add options and actions to, and what parses the arguments
 */
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
   * Runs the action of the arguments' command.
   * @param explain makes the one line of a UsageError out of commander's error
   * @returns the text of the help or the version where the arguments ask for it, and no action has run
   * @throws a UsageError
   */
  function parse(
    args: readonly string[],
    explain = (error: CommanderError) => `${inOneLine(error)}; ${commandName} --help lists the options`,
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

/** Commander's text, which may be two lines. */
export function inOneLine({ message }: CommanderError): string {
  return message.replace(/^error: /, "").replaceAll("\n", " ");
}

// The check of this repository's own sources: npm run check -- http://localhost:9026/
import { Command, CommanderError } from "commander";
import { addCheck } from "./command.ts";

const program = new Command("npm run check --").exitOverride();
addCheck(program, ".serve/pages/hubspot/index.html");
try {
  await program.parseAsync(["check", ...process.argv.slice(2)], { from: "user" });
} catch (error) {
  if (!(error instanceof CommanderError)) throw error;
  process.exitCode = error.exitCode === 0 ? 0 : 2;
}

// Watches the simulator's page: errors and console output of the app, and dialogs.
import type { Page } from "playwright-core";
import type { RuleId } from "./findings.ts";

type Watcher = {
  report(rule: RuleId, message: string): void;
  /** A line that the app printed to the console. */
  print(line: string): void;
  /** Reports a finding after which the scenario cannot continue. */
  stop(rule: RuleId, message: string): void;
};

export function watchPage(page: Page, { simulator, app }: { simulator: string; app: string }, on: Watcher): void {
  const isInSimulator = (location: string) => location.includes(simulator) && !location.includes(new URL(app).origin);
  page.on("pageerror", ({ message, stack = "" }) => {
    if (isInSimulator(stack)) on.report("scenario-aborted", `error in the simulator's page: ${message}`);
    else on.report("uncaught", message);
  });
  page.on("console", (message) => {
    if (!isInSimulator(message.location().url)) on.print(`${message.type()}: ${message.text()}`);
  });
  // During a call, the simulator asks for confirmation before the user leaves the page.
  page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));
}

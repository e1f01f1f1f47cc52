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
  const isOfSimulator = (where: string) => where.includes(simulator) && !where.includes(new URL(app).origin);
  page.on("pageerror", ({ message, stack = "" }) => {
    if (isOfSimulator(stack)) on.report("scenario-aborted", `error in the simulator's page: ${message}`);
    else on.report("uncaught", message);
  });
  page.on("console", (message) => {
    if (!isOfSimulator(message.location().url)) on.print(`${message.type()}: ${message.text()}`);
  });
  // The simulator asks for confirmation before the page is left during a call.
  page.on("dialog", (dialog) => void dialog.accept().catch(() => {}));
}

// Watches the simulator's page for the app's errors and console output, and for events that would keep a scenario from
// ending.
import type { Page } from "@playwright/test";
import type { Override, RuleId } from "../report/findings.ts";
import { inLoop, isFromSdk, withoutHandler } from "./uncaught.ts";

type Watcher = {
  report(rule: RuleId, message: string, override?: Override): void;
  /** Records a line that the app printed to the console. */
  print(line: string): void;
  /** Reports a finding after which the scenario cannot continue. */
  stop(rule: RuleId, message: string, override?: Override): void;
};

/** No app needs this many dialogs, windows or downloads in one scenario. */
const maxRepeats = 10;
/** Even a softphone that logs every SIP message prints far fewer lines. */
const maxConsoleLines = 2000;

const thrownBySdk = "the app has no handler for the event, so its SDK throws an error; nothing else goes wrong";

type Addresses = { simulator: string; app: string };

export function watchPage(page: Page, addresses: Addresses, on: Watcher): void {
  watchErrors(page, addresses, on);
  watchRepeats(page, on);
  watchEnd(page, addresses, on);
}

function watchErrors(page: Page, { simulator, app }: Addresses, on: Watcher): void {
  const isInSimulator = (location: string) => location.includes(simulator) && !location.includes(new URL(app).origin);
  page.on("pageerror", ({ message, stack = "" }) => {
    if (isInSimulator(stack)) on.report("scenario-aborted", `error in the simulator's page: ${message}`);
    else if (isFromSdk(message)) on.report("old-sdk", thrownBySdk, withoutHandler);
    else on.report("uncaught", message);
  });
  let lines = 0;
  page.on("console", (message) => {
    if (isInSimulator(message.location().url)) return;
    lines += 1;
    if (lines <= maxConsoleLines) on.print(`${message.type()}: ${message.text()}`);
    if (lines !== maxConsoleLines) return;
    on.stop("never-stops", `the app printed ${maxConsoleLines} lines to the console in one scenario`, inLoop);
  });
}

/** Stops the scenario if the app opens many dialogs or windows, or starts many downloads. */
function watchRepeats(page: Page, on: Watcher): void {
  const counts = { dialog: 0, window: 0, download: 0 };
  const count = (kind: keyof typeof counts) => {
    counts[kind] += 1;
    if (counts[kind] === maxRepeats)
      on.stop(
        "never-stops",
        `the app ${kind === "download" ? "started" : "opened"} ${maxRepeats} ${kind}s in one scenario`,
      );
  };
  page.on("dialog", (dialog) => {
    // During a call, the simulator asks for confirmation before the user leaves the page.
    if (dialog.type() !== "beforeunload") count("dialog");
    void dialog.accept().catch(() => {});
  });
  page.on("popup", () => count("window"));
  page.on("download", () => count("download"));
}

function watchEnd(page: Page, { simulator }: Addresses, on: Watcher): void {
  page.on("crash", () => on.stop("not-responding", "the process of the app's page crashed"));
  page.on("close", () => on.stop("leaves-hubspot", "the app closed HubSpot's page"));
  page.on("framenavigated", (frame) => {
    const url = frame.url();
    if (frame !== page.mainFrame() || url.startsWith(simulator) || url === "about:blank") return; // A new page starts as about:blank.
    on.stop("leaves-hubspot", `the app replaced HubSpot's page with ${url.slice(0, 200)}`);
  });
}

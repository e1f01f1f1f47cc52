// Finds out why the app does not answer. The simulator's server requests the app's page at load and after the timeout.
import { diagnosePage, diagnoseTimeout } from "../session/connection-diagnosis.ts";
import type { Session } from "../session/session.ts";
import { backend } from "./backend.ts";

/** A page with a problem may still answer, so the simulator waits this long before it reports the problem. Our choice. */
const graceMs = 1000;

/**
 * Reports at most one reason per page load.
 * @param hideFrame hides a frame that would show only the browser's error page
 */
export function createConnectionCard(session: Pick<Session, "on" | "report">, hideFrame: () => void): void {
  let current = { url: "", isSettled: true };
  const settle = () => {
    current.isSettled = true;
  };

  function report(page: typeof current, reason: string, isBlank: boolean): void {
    if (page !== current || page.isSettled) return;
    settle();
    session.report("no-answer", reason);
    if (isBlank) hideFrame();
  }

  async function diagnose(url: string): Promise<void> {
    const page = { url, isSettled: false };
    current = page;
    const diagnosis = diagnosePage(url, location.origin, await backend.fetchHeaders(url));
    if (diagnosis?.mayAnswer) await new Promise((resolve) => setTimeout(resolve, graceMs));
    if (diagnosis) report(page, `${url} cannot answer: ${diagnosis.reason}`, !diagnosis.mayAnswer);
  }

  async function reportTimeout(timeoutMs: number): Promise<void> {
    const page = current;
    const seen = await backend.fetchHeaders(page.url);
    const reason = diagnoseTimeout(page.url, location.origin, seen);
    const isBlank = diagnosePage(page.url, location.origin, seen)?.mayAnswer === false;
    report(page, `${page.url} did not answer SYNC within ${timeoutMs} ms: ${reason}`, isBlank);
  }

  session.on("loading", ({ url }) => void diagnose(url));
  session.on("acknowledged", settle);
  session.on("noAnswer", ({ timeoutMs }) => void reportTimeout(timeoutMs));
  session.on("closed", settle);
}

// Why the app in the frame does not answer: the page asks its server when the app loads, and again when its time is up.
import { isLoopback } from "../../http/loopback.ts";
import { diagnosePage, diagnoseTimeout, type PageResponse } from "../session/connection-diagnosis.ts";
import type { Session } from "../session/session.ts";

/** Time for a page that may answer although the server sees a reason why not. Chosen. */
const graceMs = 1000;

/**
 * Reports one reason for each page that the frame loads.
 * @param showNothing hides the frame, for a page of which the browser shows only its own error
 */
export function createConnectionCard(session: Pick<Session, "on" | "report">, showNothing: () => void): void {
  let current = { url: "", isSettled: true };
  const settle = () => {
    current.isSettled = true;
  };

  function report(page: typeof current, reason: string, isBlank: boolean): void {
    if (page !== current || page.isSettled) return;
    settle();
    session.report("no-answer", reason);
    if (isBlank) showNothing();
  }

  async function explain(url: string): Promise<void> {
    const page = { url, isSettled: false };
    current = page;
    const diagnosis = diagnosePage(url, location.origin, await look(url));
    if (diagnosis?.mayAnswer) await new Promise((resolve) => setTimeout(resolve, graceMs));
    if (diagnosis) report(page, `${url} cannot answer: ${diagnosis.reason}`, !diagnosis.mayAnswer);
  }

  async function explainTimeout(timeoutMs: number): Promise<void> {
    const page = current;
    const seen = await look(page.url);
    const reason = diagnoseTimeout(page.url, location.origin, seen);
    const isBlank = diagnosePage(page.url, location.origin, seen)?.mayAnswer === false;
    report(page, `${page.url} did not answer SYNC within ${timeoutMs} ms: ${reason}`, isBlank);
  }

  session.on("loading", ({ url }) => void explain(url));
  session.on("acknowledged", settle);
  session.on("noAnswer", ({ timeoutMs }) => void explainTimeout(timeoutMs));
  session.on("closed", settle);
}

/** What the server sees of a page of this machine; it is not asked about other pages. */
async function look(url: string): Promise<PageResponse | undefined> {
  if (!isLoopback(new URL(url).hostname)) return undefined;
  const response = await fetch(`/simulator/headers?url=${encodeURIComponent(url)}`).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

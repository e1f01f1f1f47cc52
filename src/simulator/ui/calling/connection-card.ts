// Finds out why the app does not answer SYNC. Fetches the headers of the app's page when the app is loaded, and again after
// the timeout.
import type { Moved } from "../../session/app-loader.ts";
import { diagnoseMove, diagnosePage, diagnoseTimeout, isRedirect } from "../../session/connection-diagnosis.ts";
import type { Session } from "../../session/session.ts";
import { backend } from "../backend/backend.ts";

/** A page with an error status may still answer, so the simulator waits this long before it reports the status. Our choice. */
const graceMs = 1000;

type Page = { url: string; moved?: Moved | undefined; isSettled: boolean };

/**
 * Reports at most one reason per page load.
 * @param hideFrame hides the frame, which would show only the browser's error page
 */
export function createConnectionCard(
  session: Pick<Session, "on" | "report" | "fail" | "movesTo" | "settings">,
  hideFrame: () => void,
): void {
  let current: Page = { url: "", isSettled: true };
  /** The other origin that the app's page navigated to. The browser may report the origin before or after the next page loads. */
  let announcedOrigin: string | undefined;
  const settle = () => {
    current.isSettled = true;
  };

  function report(page: Page, rule: "no-answer" | "page-moved", reason: string, isBlank = false): void {
    if (page !== current || page.isSettled) return;
    settle();
    session.report(rule, reason);
    if (isBlank) hideFrame();
  }

  async function diagnose({ url, moved }: Omit<Page, "isSettled">): Promise<void> {
    const page = { url, moved, isSettled: false };
    current = page;
    if (moved) return; // the headers of the app's page say nothing about the next page
    announcedOrigin = undefined;
    const diagnosis = diagnosePage(url, location.origin, await backend.fetchHeaders(url));
    if (diagnosis?.mayAnswer) await new Promise((resolve) => setTimeout(resolve, graceMs));
    if (!diagnosis) return;
    const noAnswer = diagnosis.mayAnswer ? "does not answer SYNC" : "cannot answer";
    report(page, "no-answer", `${url} ${noAnswer}: ${diagnosis.reason}`, !diagnosis.mayAnswer);
  }

  async function reportTimeout(timeoutMs: number): Promise<void> {
    const page = current;
    if (session.settings.syncDelay >= timeoutMs) {
      settle();
      session.fail("No SYNC", noSyncText(page.url, timeoutMs));
      return;
    }
    const late = `${page.url} did not answer SYNC within ${timeoutMs} ms`;
    const seen = await backend.fetchHeaders(page.url);
    if ((page.moved || announcedOrigin) && !isRedirect(seen)) {
      report(page, "page-moved", `${late}: ${diagnoseMove(page.url, page.moved?.origin ?? announcedOrigin)}`);
      return;
    }
    const reason = diagnoseTimeout(page.url, location.origin, seen);
    const isBlank = diagnosePage(page.url, location.origin, seen)?.mayAnswer === false;
    report(page, "no-answer", `${late}: ${reason}`, isBlank);
  }

  // If the simulator's URL contains `?app=`, the server sends a report-only policy that allows only that app's origin in the
  // frame.
  document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) => {
    if (effectiveDirective !== "frame-src" || !URL.canParse(blockedURI)) return;
    const { origin } = new URL(blockedURI);
    if (isFrameOf(origin)) return;
    announcedOrigin = origin;
    session.movesTo(origin);
  });
  session.on("loading", (page) => void diagnose(page));
  session.on("acknowledged", settle);
  session.on("noAnswer", ({ timeoutMs }) => void reportTimeout(timeoutMs));
  session.on("closed", settle);
}

const noSyncText = (url: string, timeoutMs: number) =>
  `${url} received no SYNC within ${timeoutMs} ms, because of the setting “SYNC” on the Session tab.`;

/** Returns whether one of the simulator's iframes has a URL of this origin, for example because the user just chose that app. */
function isFrameOf(origin: string): boolean {
  return [...document.querySelectorAll("iframe")].some(
    ({ src }) => URL.canParse(src) && new URL(src).origin === origin,
  );
}

// Why the app in the frame does not answer: the page asks its server at once what hinders it, and again in the end.
import { isLoopback } from "../../http/loopback.ts";
import { hindranceOf, reasonFor, type Seen } from "../session/connection-diagnosis.ts";

/** Milliseconds in which a page that may answer all the same has to. Chosen. */
const grace = 1000;

/**
 * Opens the search for reasons.
 * @param found is told of a reason in words, once for each page that the frame loads; `isBlank` where nothing of the app
 * is in the frame, but the browser's own words
 */
export function createConnectionCard(found: (words: string, isBlank: boolean) => void) {
  let current = { url: "", isSettled: true };

  function tell(page: typeof current, words: string, isBlank: boolean): void {
    if (page !== current || page.isSettled) return;
    page.isSettled = true;
    found(words, isBlank);
  }

  return {
    /** A page begins to load. */
    async framed(url: string): Promise<void> {
      const page = { url, isSettled: false };
      current = page;
      const hindrance = hindranceOf(url, location.origin, await look(url));
      if (hindrance?.mayAnswer) await new Promise((resolve) => setTimeout(resolve, grace));
      if (hindrance) tell(page, `${url} cannot answer: ${hindrance.reason}`, !hindrance.mayAnswer);
    },
    /** It did not answer in all the time. */
    async unanswered(timeout: number): Promise<void> {
      const page = current;
      const seen = await look(page.url);
      const reason = reasonFor(page.url, location.origin, seen);
      const isBlank = hindranceOf(page.url, location.origin, seen)?.mayAnswer === false;
      tell(page, `${page.url} did not answer SYNC within ${timeout} ms: ${reason}`, isBlank);
    },
    /** It has answered, or the frame is closed: nothing is left to explain. */
    settled(): void {
      current.isSettled = true;
    },
  };
}

/** What the server sees of a page of this machine; of any other it is not asked. */
async function look(url: string): Promise<Seen | undefined> {
  if (!isLoopback(new URL(url).hostname)) return undefined;
  const response = await fetch(`/simulator/headers?url=${encodeURIComponent(url)}`).catch(() => undefined);
  return response?.ok ? response.json() : undefined;
}

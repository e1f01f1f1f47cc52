// Sends the calls to the server, so that the command line finds them there.
import type { Engagement } from "../session/engagements.ts";

/** Milliseconds until a server that was away is tried again. */
const pause = 1000;

/**
 * Opens the way of the calls to the server, so that the command line finds them there: one after the other, as they
 * changed. While the server is away they wait, and are sent in their order when it is back.
 * @param on `refused` is told in words when the server does not take a call, which is then let go; `away` when it does
 * not answer, once; `back` when it does again
 */
export function createCallSync(on: { refused(words: string): void; away(words: string): void; back(): void }) {
  let waiting: [path: string, init: RequestInit][] = [];
  let isSending = false;
  let isAway = false;

  async function sendAll(): Promise<void> {
    if (isSending) return;
    isSending = true;
    for (let [first] = waiting; first; [first] = waiting) {
      const why = await refusalOf(...first);
      if (why?.isAway) {
        if (!isAway) on.away(`The server does not take the calls (${why.words}): they are sent when it is back.`);
        isAway = true;
        await new Promise((resolve) => setTimeout(resolve, pause));
        continue;
      }
      if (isAway) on.back();
      isAway = false;
      if (why) on.refused(`The server did not take ${first[0]}: ${why.words}`);
      waiting = waiting.filter((one) => one !== first);
    }
    isSending = false;
  }

  return {
    /** Tells the server of an engagement as it is now. */
    keep({ answered: _, ghost: __, duplicate: ___, ...call }: Engagement): void {
      const headers = { "content-type": "application/json" };
      waiting.push([`calls/${call.engagementId}`, { method: "PUT", headers, body: JSON.stringify(call) }]);
      void sendAll();
    },
    /** Has the server forget all calls. Those that it was not told of yet are forgotten too. */
    clear(): void {
      waiting = [...waiting.slice(0, isSending ? 1 : 0), ["calls", { method: "DELETE" }]];
      void sendAll();
    },
  };
}

/** Why the server did not do it, if so; where it is away, it may do it later. */
async function refusalOf(path: string, init: RequestInit): Promise<{ words: string; isAway: boolean } | undefined> {
  try {
    const { ok, status } = await fetch(`/simulator/${path}`, init);
    return ok ? undefined : { words: `it answers ${status}`, isAway: status >= 500 };
  } catch (error) {
    return { words: error instanceof Error ? error.message : String(error), isAway: true };
  }
}

// Sends the calls to the server, so that the command line finds them there.
import type { Engagement } from "../calls/engagement.ts";

const retryDelayMs = 1000;

/**
 * Sends one change after the other. While the server is away the changes wait; they are sent in order when it is back.
 * @param on `refused` is called when the server does not take a change, which is then dropped; `away` once, when the
 * server does not answer; `back` when it answers again
 */
export function createCallSync(on: { refused(problem: string): void; away(problem: string): void; back(): void }) {
  let queue: [path: string, init: RequestInit][] = [];
  let isSending = false;
  let isAway = false;

  async function sendAll(): Promise<void> {
    if (isSending) return;
    isSending = true;
    for (let [first] = queue; first; [first] = queue) {
      const problem = await send(...first);
      if (problem?.isAway) {
        if (!isAway) on.away(`The server does not take the calls (${problem.text}): they are sent when it is back.`);
        isAway = true;
        await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
        continue;
      }
      if (isAway) on.back();
      isAway = false;
      if (problem) on.refused(`The server did not take ${first[0]}: ${problem.text}`);
      queue = queue.filter((request) => request !== first);
    }
    isSending = false;
  }

  return {
    /** Sends an engagement as it is now. */
    keep({ answered: _, ghost: __, duplicate: ___, ...call }: Engagement): void {
      const headers = { "content-type": "application/json" };
      queue.push([`calls/${call.engagementId}`, { method: "PUT", headers, body: JSON.stringify(call) }]);
      void sendAll();
    },
    /** Deletes all calls on the server, and drops the changes that wait. */
    clear(): void {
      queue = [...queue.slice(0, isSending ? 1 : 0), ["calls", { method: "DELETE" }]];
      void sendAll();
    },
  };
}

/** Returns what went wrong, if anything did. A server that is away may take the request later. */
async function send(path: string, init: RequestInit): Promise<{ text: string; isAway: boolean } | undefined> {
  try {
    const { ok, status } = await fetch(`/simulator/${path}`, init);
    return ok ? undefined : { text: `it answers ${status}`, isAway: status >= 500 };
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), isAway: true };
  }
}

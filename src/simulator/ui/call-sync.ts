// Sends the calls to the server, where the REST endpoints and the command line read them.
import type { Engagement } from "../calls/engagement.ts";
import { backend } from "./backend.ts";

const retryDelayMs = 1000;

/**
 * Sends one change at a time. While the server is offline, the changes wait in a queue.
 * @param on `rejected` is called when the server rejects a change, which is then dropped; `offline` once, when the
 * server stops answering; `online` when it answers again
 */
export function createCallSync(on: {
  rejected(problem: string): void;
  offline(problem: string): void;
  online(): void;
}) {
  let queue: [path: string, init: RequestInit][] = [];
  let isSending = false;
  let isOffline = false;

  async function sendAll(): Promise<void> {
    if (isSending) return;
    isSending = true;
    for (let [first] = queue; first; [first] = queue) {
      const problem = await send(...first);
      if (problem?.isOffline) {
        if (!isOffline) {
          on.offline(`The simulator's server is not available (${problem.text}). The calls are sent when it is back.`);
        }
        isOffline = true;
        await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
        continue;
      }
      if (isOffline) on.online();
      isOffline = false;
      if (problem) on.rejected(`The simulator's server rejected ${first[0]}: ${problem.text}.`);
      queue = queue.filter((request) => request !== first);
    }
    isSending = false;
  }

  return {
    /** Sends the current state of an engagement. */
    save({ answered: _, ghost: __, duplicate: ___, ...call }: Engagement): void {
      const headers = { "content-type": "application/json" };
      queue.push([`calls/${call.engagementId}`, { method: "PUT", headers, body: JSON.stringify(call) }]);
      void sendAll();
    },
    /** Deletes all calls on the server. Waiting changes are dropped. */
    clear(): void {
      queue = [...queue.slice(0, isSending ? 1 : 0), ["calls", { method: "DELETE" }]];
      void sendAll();
    },
  };
}

/** Returns the problem, if any. `isOffline`: the same request may succeed later. */
async function send(path: string, init: RequestInit): Promise<{ text: string; isOffline: boolean } | undefined> {
  try {
    const { ok, status } = await backend.request(`/simulator/${path}`, init);
    return ok ? undefined : { text: `status ${status}`, isOffline: status >= 500 };
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), isOffline: true };
  }
}

// Sends the calls to the server, so that the REST endpoints can return them.
import type { Engagement } from "../calls/engagement.ts";
import { backend } from "./backend.ts";

const retryDelayMs = 1000;

/**
 * Sends one change at a time. Queues changes while the server is offline, and drops a change that the server rejects.
 * @param on `offline` is called once, when the server stops answering; `online` when it answers again
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
          on.offline(`The simulator's server is not available (${problem.text}). The page will send the calls later.`);
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
    save({ answered: _, reportedSteps: __, ghost: ___, duplicate: ____, ...call }: Engagement): void {
      const headers = { "content-type": "application/json" };
      queue.push([`calls/${call.engagementId}`, { method: "PUT", headers, body: JSON.stringify(call) }]);
      void sendAll();
    },
    /** Deletes all calls on the server, and drops the queued changes. */
    clear(): void {
      queue = [...queue.slice(0, isSending ? 1 : 0), ["calls", { method: "DELETE" }]];
      void sendAll();
    },
  };
}

/** Returns the problem, if any. If `isOffline` is true, the same request may succeed later. */
async function send(path: string, init: RequestInit): Promise<{ text: string; isOffline: boolean } | undefined> {
  try {
    const { ok, status } = await backend.request(`/simulator/${path}`, init);
    return ok ? undefined : { text: `status ${status}`, isOffline: status >= 500 };
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), isOffline: true };
  }
}

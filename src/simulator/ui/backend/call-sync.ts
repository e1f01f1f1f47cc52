// Sends the calls to the server, so that the REST endpoints can return the calls.
import type { Engagement } from "../../calls/engagement.ts";
import { createBoundedList } from "../../common/bounded-list.ts";
import { backend } from "./backend.ts";

const retryDelayMs = 1000;
/** The server stores the same number of calls. */
const maxWaitingCalls = 1000;
const maxWaitingCharacters = 16_000_000;

type Change = { path: string; init: RequestInit & { body?: string } };

/**
 * Sends one change at a time. While the server is offline, keeps only the latest change of each call. Drops a change that the
 * server rejects.
 * @param on `offline` is called when the server stops answering or answers with status 500 or higher, `online` when it answers
 * with another status again, `rejected` when the server rejects a change, and `dropped` when too many calls are waiting
 */
export function createCallSync(on: {
  rejected(problem: string): void;
  dropped(problem: string): void;
  offline(problem: string): void;
  online(): void;
}) {
  const waiting = createBoundedList<Change>(
    { maxCount: maxWaitingCalls, maxCharacters: maxWaitingCharacters },
    ({ init }) => init.body?.length ?? 0,
  );
  let droppedCount = 0;
  let isSending = false;
  let isOffline = false;

  async function sendAll(): Promise<void> {
    if (isSending) return;
    isSending = true;
    for (let next = takeNext(); next; next = takeNext()) await sendUntilAnswered(next);
    isSending = false;
  }

  const takeNext = () => waiting.take(() => true);

  async function sendUntilAnswered(change: Change): Promise<void> {
    let problem = await send(change);
    while (problem?.isOffline) {
      if (!isOffline) {
        on.offline(`The simulator's server is not available (${problem.text}). The page will send the calls later.`);
      }
      isOffline = true;
      await new Promise((resolve) => setTimeout(resolve, retryDelayMs));
      problem = await send(change);
    }
    if (isOffline) on.online();
    isOffline = false;
    if (problem) on.rejected(`The simulator's server rejected ${change.path}: ${problem.text}.`);
  }

  function add(change: Change): void {
    waiting.take(({ path }) => path === change.path);
    const dropped = waiting.add(change);
    droppedCount += dropped;
    if (dropped > 0) {
      on.dropped(
        `Too many calls are waiting for the simulator's server. The page dropped changes to ${droppedCount} calls, so HubSpot's REST endpoints do not return these changes.`,
      );
    }
    void sendAll();
  }

  return {
    save({
      answered: _,
      reportedSteps: __,
      ghost: ___,
      duplicate: ____,
      updateFailed: _____,
      ...call
    }: Engagement): void {
      const headers = { "content-type": "application/json" };
      add({
        path: `calls/${call.engagementId}`,
        init: { method: "PUT", headers, body: JSON.stringify({ ...call, updatedAt: Date.now() }) },
      });
    },
    /** Deletes these calls on the server. */
    remove(engagementIds: ReadonlySet<number>): void {
      for (const id of engagementIds) add({ path: `calls/${id}`, init: { method: "DELETE" } });
    },
    /** Deletes all calls on the server, and drops the queued changes. */
    clear(): void {
      waiting.clear();
      droppedCount = 0;
      add({ path: "calls", init: { method: "DELETE" } });
    },
  };
}

/** Sends the change. Returns the problem, if any. If `isOffline` is true, the same request may succeed later. */
async function send({ path, init }: Change): Promise<{ text: string; isOffline: boolean } | undefined> {
  try {
    const { ok, status } = await backend.request(`/simulator/${path}`, init);
    return ok ? undefined : { text: `status ${status}`, isOffline: status >= 500 };
  } catch (error) {
    return { text: error instanceof Error ? error.message : String(error), isOffline: true };
  }
}

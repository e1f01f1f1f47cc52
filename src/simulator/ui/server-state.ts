// What the page knows of its server: what is registered there, and which calls were changed there.
import { subscribeToServerEvents } from "../../dom/server-events.ts";
import type { WebhookExchange } from "../api/numbers-webhook-client.ts";
import type { App, Call, State } from "../api/state.ts";
import type { Engagement } from "../session/engagements.ts";

export type RegisteredApp = App & { appId: number };

/**
 * Follows the server's state: calls back at once, after each change, and when the page comes into sight again.
 * @param on `changed` gets every call at first, later those that changed; `failed` is told in words when the server
 * does not answer
 */
export function followRegistry(on: { changed(state: State): void; failed(words: string): void }): void {
  let latest = 0;
  const ask = async () => {
    try {
      const response = await fetch(`/simulator/state${latest > 0 ? `?since=${latest}` : ""}`);
      if (!response.ok) throw new Error(`it answers ${response.status}`);
      const state: State = await response.json();
      latest = Math.max(latest, ...Object.values(state.calls).map(lastChange));
      on.changed(state);
    } catch (error) {
      const why = error instanceof Error ? error.message : error;
      on.failed(`The simulator's server did not say what is registered: ${why}`);
    }
  };
  let asking: Promise<void> | undefined;
  let again = false;
  /** One question at a time: of a burst of changes, the last is asked for. */
  async function askOnce(): Promise<void> {
    again = asking !== undefined;
    if (asking) return;
    asking = ask();
    await asking;
    asking = undefined;
    if (again) void askOnce();
  }
  subscribeToServerEvents("changed", () => void askOnce());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void askOnce();
  });
  void askOnce();
}

const lastChange = ({ createdAt, updatedAt = createdAt }: Call) => updatedAt;

/** The apps of a state, by their ids. */
export function appsOf({ apps }: State): RegisteredApp[] {
  return Object.entries(apps).map(([appId, app]) => ({ ...app, appId: Number(appId) }));
}

/** Milliseconds until a server that was away is tried again. */
const pause = 1000;

/**
 * Opens the way of the calls to the server, so that the command line finds them there: one after the other, as they
 * changed. While the server is away they wait, and are sent in their order when it is back.
 * @param on `refused` is told in words when the server does not take a call, which is then let go; `away` when it does
 * not answer, once; `back` when it does again
 */
export function openCalls(on: { refused(words: string): void; away(words: string): void; back(): void }) {
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

/**
 * Has the server ask an app's webhook which numbers can be connected.
 * @throws an Error in the server's words when no webhook is registered
 */
export async function askForNumbers(who: {
  appId: number;
  portalId: number;
  userId: number;
}): Promise<WebhookExchange> {
  const response = await fetch("/simulator/numbers", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(who),
  });
  const answer: WebhookExchange & { message?: string } = await response.json();
  if (!response.ok) throw new Error(answer.message ?? `The server answers ${response.status}`);
  return answer;
}

// What the page knows of its server: what is registered there, and which calls were changed there.
import { subscribeToServerEvents } from "../../dom/server-events.ts";
import type { WebhookExchange } from "../api/numbers-webhook-client.ts";
import type { App, Call, State } from "../api/state.ts";

export type RegisteredApp = App & { appId: number };

/**
 * Follows the server's state: calls back at once, after each change, and when the page comes into sight again.
 * @param on `changed` gets every call at first, later those that changed; `failed` is told in words when the server
 * does not answer
 */
export function subscribeToServerState(on: { changed(state: State): void; failed(words: string): void }): void {
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

/**
 * Has the server ask an app's webhook which numbers can be connected.
 * @throws an Error in the server's words when no webhook is registered
 */
export async function requestNumbers(who: {
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

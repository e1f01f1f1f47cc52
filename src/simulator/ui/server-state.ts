// Reads from the server: the registered apps, the calls that were changed there, and the numbers of a webhook.
import { subscribeToServerEvents } from "../../dom/server-events.ts";
import type { WebhookExchange } from "../api/numbers-webhook-client.ts";
import type { App, Call, State } from "../api/state.ts";

export type RegisteredApp = App & { appId: number };

/**
 * Reads the server's state at once, after each change, and when the page becomes visible again.
 * @param on `changed` gets every call at first, later only those that changed; `failed` gets the reason when the server
 * does not answer
 */
export function subscribeToServerState(on: { changed(state: State): void; failed(words: string): void }): void {
  let latest = 0;
  const request = async () => {
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
  let current: Promise<void> | undefined;
  let isChangedAgain = false;
  /** Sends one request at a time, and one more for all changes during it. */
  async function update(): Promise<void> {
    isChangedAgain = current !== undefined;
    if (current) return;
    current = request();
    await current;
    current = undefined;
    if (isChangedAgain) void update();
  }
  subscribeToServerEvents("changed", () => void update());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void update();
  });
  void update();
}

const lastChange = ({ createdAt, updatedAt = createdAt }: Call) => updatedAt;

/** The apps of a state, by their ids. */
export function appsOf({ apps }: State): RegisteredApp[] {
  return Object.entries(apps).map(([appId, app]) => ({ ...app, appId: Number(appId) }));
}

/**
 * The server asks the app's webhook which numbers can be connected.
 * @throws an Error with the server's message when no webhook is registered
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

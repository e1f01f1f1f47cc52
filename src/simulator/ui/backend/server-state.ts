// Reads the registered apps, the calls, and a webhook's numbers from the server.
import type { WebhookExchange } from "../../api/numbers-webhook-client.ts";
import type { App, Call, State } from "../../api/state.ts";
import { backend } from "./backend.ts";

export type RegisteredApp = App & { appId: number };

/**
 * Reads the server's state immediately, after each change, and when the page becomes visible again.
 * @param on `changed` first receives all calls, and later only changed calls
 */
export function subscribeToServerState(on: { changed(state: State): void; failed(problem: string): void }): void {
  let latest = 0;
  const request = async () => {
    try {
      const response = await backend.request(`/simulator/state${latest > 0 ? `?since=${latest}` : ""}`);
      if (!response.ok) throw new Error(`status ${response.status}`);
      const state: State = await response.json();
      latest = Math.max(latest, ...Object.values(state.calls).map(lastChange));
      on.changed(state);
    } catch (error) {
      const reason = error instanceof Error ? error.message : error;
      on.failed(`Could not read the registered apps from the simulator's server (${reason}). Is it still running?`);
    }
  };
  let current: Promise<void> | undefined;
  let isChangedAgain = false;
  /** Sends one request at a time. Changes during a request cause only one more request. */
  async function update(): Promise<void> {
    isChangedAgain = current !== undefined;
    if (current) return;
    current = request();
    await current;
    current = undefined;
    if (isChangedAgain) void update();
  }
  backend.onChange(() => void update());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void update();
  });
  void update();
}

const lastChange = ({ createdAt, updatedAt = createdAt }: Call) => updatedAt;

export function appsOf({ apps }: State): RegisteredApp[] {
  return Object.entries(apps).map(([appId, app]) => ({ ...app, appId: Number(appId) }));
}

/**
 * Requests the numbers that the user can connect. The server gets them from the app's webhook.
 * @throws an Error with the server's message if the server answers with an error, for example if no webhook is registered
 */
export async function requestNumbers(account: {
  appId: number;
  portalId: number;
  userId: number;
}): Promise<WebhookExchange> {
  const response = await backend.request("/simulator/numbers", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(account),
  });
  const body: WebhookExchange & { message?: string } = await response.json();
  if (!response.ok) throw new Error(body.message ?? `The simulator's server answered with status ${response.status}.`);
  return body;
}

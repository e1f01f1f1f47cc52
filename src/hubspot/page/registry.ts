// What the page knows of its server: what is registered there, and which calls were changed there.
import { followServer } from "../../panel/events.ts";
import type { Asking } from "../api/desk.ts";
import type { App, Call, State } from "../api/state.ts";
import type { Engagement } from "../session/engagements.ts";

export type RegisteredApp = App & { appId: number };

/**
 * Follows the server's state: calls back at once, after each change, and when the page comes into sight again.
 * @param changed gets every call at first, later those that changed
 * @param failed is told in words when the server does not answer
 */
export function followRegistry(changed: (state: State) => void, failed: (words: string) => void): void {
  let latest = 0;
  const ask = async () => {
    try {
      const response = await fetch(`/stand-in/state${latest > 0 ? `?since=${latest}` : ""}`);
      if (!response.ok) throw new Error(`it answers ${response.status}`);
      const state: State = await response.json();
      latest = Math.max(latest, ...Object.values(state.calls).map(lastChange));
      changed(state);
    } catch (error) {
      failed(`The stand-in's server did not say what is registered: ${error instanceof Error ? error.message : error}`);
    }
  };
  followServer("changed", () => void ask());
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) void ask();
  });
  void ask();
}

const lastChange = ({ createdAt, updatedAt = createdAt }: Call) => updatedAt;

/** The apps of a state, by their ids. */
export function appsOf({ apps }: State): RegisteredApp[] {
  return Object.entries(apps).map(([appId, app]) => ({ ...app, appId: Number(appId) }));
}

let last = Promise.resolve();

/**
 * Tells the server of an engagement, so that the command line finds it there; one after the other, as they changed.
 * @param failed is told in words when the server does not take it
 */
export function keepCall({ ghost: _, duplicate: __, ...call }: Engagement, failed: (words: string) => void): void {
  const put = async () => {
    const response = await fetch(`/stand-in/calls/${call.engagementId}`, {
      method: "PUT",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(call),
    });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
  };
  last = last.then(put).catch((error: Error) => failed(`The server did not take the call: ${error.message}`));
}

/**
 * Has the server forget all calls, when it has taken those that it was told of before.
 * @param failed is told in words when the server does not
 */
export function clearCalls(failed: (words: string) => void): void {
  const clear = async () => {
    const response = await fetch("/stand-in/calls", { method: "DELETE" });
    if (!response.ok) throw new Error(`it answers ${response.status}`);
  };
  last = last.then(clear).catch((error: Error) => failed(`The server did not clear its calls: ${error.message}`));
}

/**
 * Has the server ask an app's webhook which numbers can be connected.
 * @throws an Error in the server's words when no webhook is registered
 */
export async function askForNumbers(who: { appId: number; portalId: number; userId: number }): Promise<Asking> {
  const response = await fetch("/stand-in/numbers", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(who),
  });
  const answer: Asking & { message?: string } = await response.json();
  if (!response.ok) throw new Error(answer.message ?? `The server answers ${response.status}`);
  return answer;
}

// Keeps the page and its server in step: sends the calls of this page, and takes the registered apps and the calls that
// were changed through the API.
import type { State } from "../api/state.ts";
import type { Timeline } from "../session/timeline.ts";
import type { Alert } from "./alert.ts";
import { createCallSync } from "./call-sync.ts";
import { appsOf, type RegisteredApp, subscribeToServerState } from "./server-state.ts";

/** @param listApps is called with the registered apps after every look at the server */
export function syncWithServer(
  timeline: Timeline,
  alert: Alert,
  listApps: (apps: readonly RegisteredApp[]) => void,
): void {
  const calls = createCallSync({
    refused: (problem) => alert.show("call", problem),
    away: (problem) => alert.show("calls", problem),
    back: () => alert.over("calls"),
  });
  timeline.on("changed", ({ engagement }) => {
    if (engagement) calls.keep(engagement);
  });
  timeline.on("cleared", () => calls.clear());

  const takeCalls = createCallTaker(timeline);
  subscribeToServerState({
    changed(state) {
      alert.over("registry");
      takeCalls(state);
      listApps(appsOf(state));
    },
    failed: (problem) => alert.show("registry", problem),
  });
}

/** Takes each change of a call once. */
function createCallTaker(timeline: Timeline): (state: State) => void {
  const taken = new Map<number, number>();
  return ({ calls }) => {
    for (const call of Object.values(calls)) {
      const { engagementId, by, updatedAt = call.createdAt } = call;
      if (by !== "api" || taken.get(engagementId) === updatedAt) continue;
      taken.set(engagementId, updatedAt);
      timeline.take(call);
    }
  };
}

// Synchronizes the page with its server: sends this page's calls, and reads the registered apps and the calls that the API
// changed.
import type { Call, State } from "../../api/state.ts";
import type { Timeline } from "../../crm/timeline.ts";
import type { Alert } from "../common/alert.ts";
import { createCallSync } from "./call-sync.ts";
import { appsOf, type RegisteredApp, subscribeToServerState } from "./server-state.ts";

/** @param listApps receives the registered apps after each read */
export function syncWithServer(
  timeline: Timeline,
  alert: Alert,
  listApps: (apps: readonly RegisteredApp[]) => void,
): void {
  const calls = createCallSync({
    rejected: (problem) => alert.show("call", problem),
    dropped: (problem) => alert.show("droppedCalls", problem),
    offline: (problem) => alert.show("calls", problem),
    online: () => alert.hide("calls"),
  });
  timeline.on("changed", ({ engagement }) => {
    if (engagement) calls.save(engagement);
  });
  timeline.on("removed", ({ engagementIds }) => calls.remove(engagementIds));
  timeline.on("cleared", () => calls.clear());

  const importCalls = createCallImporter(timeline);
  subscribeToServerState({
    changed(state) {
      alert.hide("registry");
      importCalls(state);
      listApps(appsOf(state));
    },
    failed: (problem) => alert.show("registry", problem),
  });
}

function createCallImporter(timeline: Timeline): (state: State) => void {
  const importedAt = new Map<number, number>();
  function take(call: Call): void {
    const { engagementId, by, updatedAt = call.createdAt } = call;
    if (by !== "api" || importedAt.get(engagementId) === updatedAt) return;
    importedAt.set(engagementId, updatedAt);
    timeline.take(call);
  }
  return ({ calls }) => timeline.batch(() => Object.values(calls).forEach(take));
}

// HubSpot reloads the page when the user opens another record. This file therefore stores the current call's fields in
// localStorage under the engagementId, and restores them when READY contains the same id. It stores them after every change,
// because Firefox can lose data that a page stores while its iframe is being removed.
import { allFields, call, fill, onCallChange } from "./call.ts";

const runningStates = ["ringing", "answered", "ended"];
let hasWarned = false;

onCallChange(keepRunningCall);

/** Restores the stored fields of the call that HubSpot reports as in progress. */
export function resumeCall(engagementId: unknown): void {
  const stored = engagementId ? tryStorage(() => localStorage.getItem(keyOf(engagementId))) : undefined;
  if (stored) fill(JSON.parse(stored));
  fill({ engagementId });
}

function keepRunningCall(): void {
  const { engagementId, callState } = call;
  if (!engagementId) return;
  const key = keyOf(engagementId);
  if (callState === "completed") tryStorage(() => localStorage.removeItem(key));
  if (runningStates.includes(callState)) tryStorage(() => localStorage.setItem(key, JSON.stringify(allFields())));
}

const keyOf = (engagementId: unknown) => `running call ${engagementId}`;

/** A browser may deny an iframe access to storage. The app still works, but calls do not survive a reload. */
function tryStorage<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch (error) {
    if (!hasWarned) console.warn("The current call will not survive a reload.", error);
    hasWarned = true;
    return undefined;
  }
}

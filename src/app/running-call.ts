// HubSpot reloads the page whenever the user opens another record. The fields of a running
// call are therefore stored in localStorage under its engagementId, and restored when onReady contains the same id.
// They are stored on every change: Firefox can lose what a page stores while its iframe is being removed.
import { allFields, call, fill, onCallChange } from "./call.ts";

const runningStates = ["ringing", "answered", "ended"];
let hasWarned = false;

onCallChange(keepRunningCall);

/** Restores the call that HubSpot says is running, from the fields that this page stored for it. */
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

/** A browser may deny storage to an iframe. The app works without it, but calls do not survive a reload. */
function tryStorage<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch (error) {
    if (!hasWarned) console.warn("The running call will not survive a reload.", error);
    hasWarned = true;
    return undefined;
  }
}

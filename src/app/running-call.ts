// HubSpot reloads the page whenever its user opens another record. A call that is running must survive that: its fields are
// kept in localStorage under its engagementId, until onReady brings the same id again.
// The fields are stored as they change: Firefox can lose what a page stores while its frame is being removed.
import { allFields, call, fill, onCallChange } from "./call.ts";

const runningStates = ["ringing", "answered", "ended"];
let hasWarned = false;

onCallChange(keepRunningCall);

/** Takes up the call that HubSpot says is running, with the fields that this page stored for it. */
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

/** A browser may deny storage to a frame. The app works without it, except that a call does not survive a reload. */
function tryStorage<Result>(use: () => Result): Result | undefined {
  try {
    return use();
  } catch (error) {
    if (!hasWarned) console.warn("The running call cannot be stored and will not survive a reload.", error);
    hasWarned = true;
    return undefined;
  }
}

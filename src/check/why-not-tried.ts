import type { UserActions } from "./context/user-actions.ts";
import type { AppTraits, Scenario } from "./scenarios/scenario.ts";

const noInboundCalls =
  "the app does not support inbound calls (it sends neither isAvailable nor userAvailable, and the user actions file " +
  "does not export receiveCall), so HubSpot loads it only as a widget";
const noWidget =
  "the app becomes ready only as a remote or in the calling window, where HubSpot loads apps that are registered for inbound calls";

/** Returns the reason if the check cannot try the scenario. */
export function whyNotTried(
  { needs, needsInbound, parameters }: Scenario,
  userActions: UserActions,
  { supportsInboundCalls, place }: AppTraits,
): string | undefined {
  const missing = needs?.find((name) => !userActions[name]);
  if (missing && Object.keys(userActions).length === 0) return "needs a --user-actions file";
  if (missing) return `needs ${missing} in the user actions file`;
  if (needsInbound && !supportsInboundCalls) return noInboundCalls;
  return parameters?.iframeLocation === "widget" && place.iframeLocation !== "widget" ? noWidget : undefined;
}

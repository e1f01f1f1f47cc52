// The states of a call, for the session, the rules, the API and the timeline.

/** In chronological order. `created` is the state of a new engagement; users see it as "started". */
export const callStates = ["created", "answered", "ended", "completed"] as const;
export type CallState = (typeof callStates)[number];

export const stateLabels: Record<CallState, string> = {
  created: "started",
  answered: "answered",
  ended: "ended",
  completed: "completed",
};

export function isLater(state: CallState, than: CallState): boolean {
  return callStates.indexOf(state) > callStates.indexOf(than);
}

/** Whether a call in this state is still in progress. */
export function isUnderWay(state: CallState): boolean {
  return !isLater(state, "answered");
}

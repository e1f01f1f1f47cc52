// The states that a call goes through: one ladder for the session, the rules, the API and the timeline.

/** In order. `created` is how an engagement starts; for people the state is called "started", as the call itself. */
export const callStates = ["created", "answered", "ended", "completed"] as const;
export type CallState = (typeof callStates)[number];

/** What people read. */
export const stateLabels: Record<CallState, string> = {
  created: "started",
  answered: "answered",
  ended: "ended",
  completed: "completed",
};

/** Whether the first state comes after the second. */
export function isLater(state: CallState, than: CallState): boolean {
  return callStates.indexOf(state) > callStates.indexOf(than);
}

/** Whether a call in this state has not ended. */
export function isUnderWay(state: CallState): boolean {
  return !isLater(state, "answered");
}

/** Wire values of callEndStatus. The SDK has constants for the first five only, named INTERNAL_COMPLETED and so on. */
export const callEndStatuses = ["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"] as const;

export type CallEndStatus = (typeof callEndStatuses)[number];

/** Whether a call that ended so was never answered. */
export const isUnanswered = (status: string | undefined): boolean =>
  callEndStatuses.some((known) => known === status && known !== "COMPLETED");

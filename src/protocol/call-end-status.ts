/** Wire values of callEndStatus. The SDK has constants only for the first five, with names such as INTERNAL_COMPLETED. */
export const callEndStatuses = ["COMPLETED", "FAILED", "CANCELED", "BUSY", "NO_ANSWER", "REJECTED", "MISSED"] as const;

export type CallEndStatus = (typeof callEndStatuses)[number];

/** Whether a call with this callEndStatus may never have been answered. */
export const isUnanswered = (status: string | undefined): boolean =>
  callEndStatuses.some((known) => known === status && known !== "COMPLETED");

// A call as the ledger tracks it. A tab can have several calls in progress, because an inbound call can wait.
import { type CallState, isUnderWay } from "../../protocol/call-states.ts";
import { quote } from "../../protocol/fields.ts";
import type { Message } from "./message.ts";

export type Call = {
  /** The app's id for the call; "" if the app sent no id. */
  externalCallId: string;
  engagementId?: number;
  /** missed: HubSpot created the engagement, but the app's SDK does not know CREATE_ENGAGEMENT_SUCCEEDED. */
  engagement: "none" | "requested" | "created" | "failed" | "missed";
  state: CallState;
  /** States that the call reached through a message without ids, or through a message that skipped an earlier state. */
  inferredStates: Set<CallState>;
  /** The state that the app probably meant by a message that lacks the call's id. */
  meantState?: CallState;
  /** The call comes from the timeline, so another tab may have started it and may continue it. */
  isFromOtherTab: boolean;
  /** The call started during a replay. */
  isReplayed: boolean;
  /** The app can no longer end or complete the call, because another call started or the app was closed. */
  isAbandoned: boolean;
  reachedBy: { [State in CallState]?: Message };
  /** The DIAL_NUMBER that led to this call. */
  dial?: Message;
  endCall?: Message;
  /** END_CALL named this call, but the app then ended the other call, `call`, with `message`. */
  otherEnded?: { endCall: Message; call: Call; message: Message };
};

/** Returns the name of a call for the text of a finding. */
export const labelOf = ({ externalCallId }: Pick<Call, "externalCallId">) =>
  externalCallId === "" ? "the call without an id" : `call ${quote(externalCallId)}`;

export const isRunning = ({ state, isAbandoned }: Call) => !isAbandoned && isUnderWay(state);

/** Returns the calls that this tab has in progress. */
export const ownRunning = (calls: readonly Call[]) => calls.filter((call) => isRunning(call) && !call.isFromOtherTab);

/**
 * Of several calls in progress, the active call is the one that was answered last. The other calls are waiting: the app has
 * put them on hold, or their phone is ringing. If no call was answered, the first call is active.
 */
export function activeCall(calls: readonly Call[]): Call | undefined {
  const own = ownRunning(calls);
  const running = own.length > 0 ? own : calls.filter(isRunning);
  const answeredAt = ({ reachedBy }: Call) => reachedBy.answered?.at ?? 0;
  const lastAnswered = running
    .filter(({ state }) => state === "answered")
    .reduce<Call | undefined>((last, call) => (last && answeredAt(last) > answeredAt(call) ? last : call), undefined);
  return lastAnswered ?? running[0];
}

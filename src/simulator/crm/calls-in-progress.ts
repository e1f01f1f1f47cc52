// The calls that this tab's app has in progress, with or without an engagement.
import type { CallState } from "../../protocol/call-states.ts";
import { fieldsOf } from "../../protocol/fields.ts";
import { activeCall, type Call, ownRunning } from "../calls/call.ts";
import { sentNumber, storedNumber } from "../calls/call-number.ts";
import type { Engagement } from "../calls/engagement.ts";
import { type CrmRecord, isSameRecord, type RecordId, recordsWithNumber } from "./crm-records.ts";

export type CallInProgress = {
  /** "" if the app sent no id. */
  externalCallId: string;
  engagementId?: number;
  direction: Engagement["direction"];
  /** The other side's number; "" if the app sent no number. */
  number: string;
  /** The call's record; missing if the record does not have the number. */
  record?: RecordId;
  state: CallState;
  /** A Unix time in milliseconds. */
  startedAt: number;
  /** False for a call that waits while another call is active. */
  isActive: boolean;
  /** HubSpot has sent END_CALL for this call, the app has not answered with callEnded, and the time limit has not expired. */
  isEnding: boolean;
};

export function callsInProgress(
  calls: readonly Call[],
  engagements: readonly Engagement[],
  records: readonly CrmRecord[],
): CallInProgress[] {
  const active = activeCall(calls);
  return ownRunning(calls).map((call) => {
    const { externalCallId, engagementId, state, reachedBy, endCall } = call;
    const engagement = engagements.find((stored) => stored.engagementId === engagementId);
    const isInbound = engagement ? engagement.direction === "INBOUND" : reachedBy.created?.type === "INCOMING_CALL";
    const stored = engagement && storedNumber(engagement);
    const number = stored ?? sentNumber(isInbound, fieldsOf(reachedBy.created?.data));
    const record = engagement?.record;
    const recordLacksNumber =
      record && number !== "" && !recordsWithNumber(records, number).some((one) => isSameRecord(one, record));
    return {
      externalCallId,
      ...(engagementId !== undefined && { engagementId }),
      direction: isInbound ? "INBOUND" : "OUTBOUND",
      number,
      ...(record && !recordLacksNumber && { record }),
      state,
      // A call that the page has resumed has an engagement, but no message started it.
      startedAt: engagement?.createdAt ?? reachedBy.created?.at ?? 0,
      isActive: call === active,
      isEnding: endCall !== undefined,
    };
  });
}

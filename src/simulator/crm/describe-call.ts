// Describes a call as the CRM stores it: its direction, its initial properties, and the record whose timeline shows the call.
import { type Fields, fieldsOf } from "../../protocol/fields.ts";
import type { MessageType } from "../../protocol/message-types.ts";
import type { Call } from "../calls/call.ts";
import type { Engagement } from "../calls/engagement.ts";
import { type CrmRecord, callingRecords, idOf, isSameRecord, type RecordId, recordsWithNumber } from "./crm-records.ts";
import { isSameNumber } from "./normalize-number.ts";

export type DescribedCall = Pick<Engagement, "direction" | "record"> & { properties: object };

/** The records, and the record whose page is open when the call starts. */
type CrmView = { records: readonly CrmRecord[]; openRecord: RecordId | undefined };

/** @param fields the payload of the message that starts the call */
export function describeCall(type: MessageType, fields: Fields, call: Call | undefined, view: CrmView): DescribedCall {
  const { fromNumber, toNumber, phoneNumber, callStartTime } = fields;
  const direction = type === "INCOMING_CALL" ? "INBOUND" : "OUTBOUND";
  const calledNumber = toNumber ?? (type === "OUTGOING_CALL_STARTED" ? phoneNumber : undefined); // deprecated
  const properties = {
    hs_call_direction: direction,
    hs_call_from_number: fromNumber,
    hs_call_to_number: calledNumber,
    hs_timestamp: callStartTime ?? Date.now(),
  };
  const record =
    direction === "INBOUND"
      ? openRecordOrFirst(callingRecords(view.records, fromNumber), view)
      : calledRecord(calledNumber, call, view);
  return { direction, properties, ...(record && { record: idOf(record) }) };
}

/**
 * Returns the dialed record if the app calls the dialed number, or a number that no record has. Otherwise, returns a record
 * with the called number, if one exists. HubSpot's documentation does not say which record a call belongs to; this is our
 * choice.
 */
function calledRecord(number: unknown, call: Call | undefined, view: CrmView): CrmRecord | undefined {
  const { records } = view;
  const { phoneNumber, calleeInfo } = fieldsOf(call?.dial?.data);
  const { calleeId: objectId, calleeObjectTypeId: objectTypeId } = fieldsOf(calleeInfo);
  const dialed = records.find((record) => isSameRecord({ objectId, objectTypeId }, record));
  const matches = recordsWithNumber(records, number);
  const isDialed = dialed && (matches.length === 0 || isSameNumber(number, phoneNumber, dialed.countryCode));
  return isDialed ? dialed : openRecordOrFirst(matches, view);
}

const openRecordOrFirst = (matches: readonly CrmRecord[], { openRecord }: CrmView): CrmRecord | undefined =>
  matches.find((record) => openRecord && isSameRecord(openRecord, record)) ?? matches[0];

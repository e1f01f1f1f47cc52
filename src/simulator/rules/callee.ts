// The rule about the called record, which need not be the record whose page is open.
import { fieldsOf, quote, textOf } from "../../protocol/fields.ts";
import type { Call } from "../calls/call.ts";
import { engagementIdOf } from "../calls/call-ids.ts";
import { type AppMessage, defineRule, type Fault } from "./rule.ts";

export const wrongCallee = defineRule({
  id: "wrong-callee",
  severity: "error",
  title: "Open record mistaken for the called record",
  explanation:
    "HubSpot dialed one record's number while another record's page, or no record's page, was open. The app used objectId from onDialNumber, which identifies the open record, as the called record's id. If the app used this id only in navigateToRecord, and the id is not 0, the finding is a warning.",
  consequence:
    "The call is stored on the wrong record, or the user sees the wrong record. Outside any record, for example in the help desk, objectId is 0, and no record has this id.",
  remedy:
    "Use calleeInfo to find out which record is called. objectId and subjectId identify the record whose page is open.",
  example: `
onDialNumber({ phoneNumber, calleeInfo }) {
  call.callee = { objectId: calleeInfo.calleeId, objectTypeId: calleeInfo.calleeObjectTypeId };
},`,
  sure: "inferred",
  source:
    "messages from HubSpot in public issues in the SDK's repository: objectId identifies the record whose page is open, and calleeInfo identifies the called record",
  check({ type, fields, call, ledger }) {
    if (type === "CALL_COMPLETED") return storedFor(fieldsOf(fields.engagementProperties), call);
    return type === "NAVIGATE_TO_RECORD" ? navigatedTo(fields, ledger) : [];
  },
});

function storedFor({ hs_call_callee_object_id: stored }: AppMessage["fields"], call: Call | undefined): Fault[] {
  const confused = confusedIds(call);
  if (!call || !confused || textOf(stored) !== textOf(confused.objectId)) return [];
  const message = `callCompleted: hs_call_callee_object_id is ${quote(stored)}, which is objectId in onDialNumber; ${confused.callee}`;
  return [{ message, field: "engagementProperties.hs_call_callee_object_id", once: { in: call, key: "wrong callee" } }];
}

function navigatedTo({ objectCoordinates, engagementId }: AppMessage["fields"], ledger: AppMessage["ledger"]): Fault[] {
  const { objectId } = fieldsOf(objectCoordinates);
  const open = ledger.all().filter(({ isAbandoned, state }) => !isAbandoned && state !== "completed");
  const call = open.findLast((call) => call.engagementId === engagementIdOf(engagementId)) ?? open.at(-1);
  const confused = confusedIds(call);
  if (!call || !confused || textOf(objectId) !== textOf(confused.objectId)) return [];
  const message = `navigateToRecord opens record ${quote(objectId)}, which is objectId in onDialNumber; ${confused.callee}`;
  // The app may have a reason to open an existing record.
  const severity = confused.objectId === 0 ? "error" : "warning";
  return [{ message, field: "objectCoordinates.objectId", severity, once: { in: call, key: "wrong record opened" } }];
}

/** Returns undefined if the called record is the open record, or if DIAL_NUMBER or one of its ids is missing. */
function confusedIds(call: Call | undefined): { objectId: unknown; callee: string } | undefined {
  const { objectId, calleeInfo } = fieldsOf(call?.dial?.data);
  const { calleeId } = fieldsOf(calleeInfo);
  if (objectId === undefined || calleeId === undefined || objectId === calleeId) return undefined;
  return { objectId, callee: `the called record is ${quote(calleeId)} (calleeInfo)` };
}

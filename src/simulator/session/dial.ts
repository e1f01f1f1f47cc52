import { textOf } from "../../protocol/fields.ts";
import type { CrmRecord, DialedCall } from "../crm/crm-records.ts";
import type { Readiness } from "./readiness.ts";
import type { Session } from "./session.ts";

export type DialOptions = { recordId?: number; phoneNumber?: string; pageRecordId?: number; force?: boolean };

export const callInProgress =
  "A call is in progress. HubSpot lets the user dial, open another record, or reload, close or switch the app only after callEnded.";

/**
 * Callers recognize these errors by name, because an error from the calling window is not an instance of this window's
 * classes.
 */
export const callInProgressName = "CallInProgress";
export const notLoggedInName = "NotLoggedIn";
export const notReadyName = "NotReady";

export async function dialHere(
  session: Session,
  readiness: Readiness,
  call: DialedCall,
  force: boolean,
): Promise<void> {
  if (!force && session.isCalling) throw Object.assign(new Error(callInProgress), { name: callInProgressName });
  if (!session.isOpen) {
    session.open();
    await readiness.ready;
  }
  const reason = readiness.whyNotReady();
  if (reason) throw Object.assign(new Error(reason), readiness.isPending() ? { name: notReadyName } : {});
  if (!session.isLoggedIn) {
    throw Object.assign(new Error("The app's user is not logged in; await hubspot.loggedIn first."), {
      name: notLoggedInName,
    });
  }
  session.dial(call);
}

/** @throws an Error if a record does not exist, or if there is no number to dial */
export function dialedCall(
  { recordId, pageRecordId, phoneNumber }: DialOptions,
  records: readonly CrmRecord[],
): DialedCall {
  const record = recordId === undefined ? records[0] : recordWithId(records, recordId);
  const [first] = record?.numbers ?? [];
  if (!record) throw new Error("dial: the CRM has no records");
  if (phoneNumber === undefined && !first) {
    const [contact] = record.associated ?? [];
    const remedy =
      contact === undefined
        ? "pass a phoneNumber"
        : `call one of its contacts: dial({ recordId: ${contact}, pageRecordId: ${record.objectId} })`;
    throw new Error(`dial: ${record.name} has no number; ${remedy}`);
  }
  const phone = record.numbers.find(({ number }) => number === phoneNumber) ??
    first ?? { property: "phone", number: "" };
  const page = pageOf(records, pageRecordId, record);
  return { record, phone: { ...phone, number: phoneNumber ?? phone.number }, page };
}

function pageOf(
  records: readonly CrmRecord[],
  pageRecordId: number | undefined,
  record: CrmRecord,
): DialedCall["page"] {
  if (pageRecordId === undefined) return record;
  return pageRecordId === 0 ? undefined : recordWithId(records, pageRecordId);
}

function recordWithId(records: readonly CrmRecord[], id: number): CrmRecord {
  const record = records.find(({ objectId }) => objectId === id);
  if (record) return record;
  const ids = records.map(({ objectId }) => objectId).join(", ");
  throw new Error(`dial: no record has the id ${textOf(id)}; use one of ${ids}`);
}
